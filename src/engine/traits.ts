// What a release may change in the engine's behavior, as named choices. `releases/` makes the choices.

import type { Firewall } from './network/firewall/firewall.ts'

export interface EngineTraits {
  /** The versions that `docker version` and `docker info` tell of the server. */
  readonly server: ServerVersion
  /** Container MAC addresses: 02:42 and the IPv4 address, or random ones. */
  readonly endpointMac: 'from-address' | 'random'
  /** The MAC address that a container was made with goes to the network that it was run on whenever it joins that, or to the first endpoint alone. */
  readonly macOfContainer: 'run-network' | 'first-endpoint'
  /** Default subnets: the search goes on after the last one handed out, or begins at the lowest. */
  readonly poolChoice: 'rotating' | 'lowest'
  /** Nameservers of the host count as taken when a default subnet is chosen. */
  readonly poolsAvoidNameservers: boolean
  /** An IPv6 network without a subnet gets a unique local one. */
  readonly allocatesIp6: boolean
  /** Who sees that a subnet with a range overlaps another: the driver, or the allocator unless they are the same. */
  readonly rangeOverlap: 'driver' | 'allocator'
  /** Network and broadcast address are taken even where a subnet has no other (/31, /32). */
  readonly reservesEdges: boolean
  /** inspect shows subnets with IPv4 first, or those that were asked for first. */
  readonly ipamOrder: 'ip4-first' | 'as-asked'
  /** `--scope` with another word than `local` needs a swarm. */
  readonly refusesOtherScopes: boolean
  readonly firewall: Firewall
  /** Bridges have gateway modes: nat, nat-unprotected, routed, isolated. */
  readonly gatewayModes: boolean
  /** A bridge's IPv6 address is not checked for doubles on the link. */
  readonly bridgeSkipsDad: boolean
  /** A veth pair takes two indexes of the host, or its inner end the next one inside. */
  readonly vethIndexes: 'host' | 'inside'
  /** Containers of an internal network have a default route. */
  readonly internalDefaultRoute: boolean
  /** An internal macvlan or ipvlan network lies upon the parent that it names, or upon a dummy of its own. */
  readonly internalKeepsParent: boolean
  /** Several macvlan networks may lie upon one parent. */
  readonly sharesMacvlanParent: boolean
  /** The modes of ipvlan networks. */
  readonly ipvlanModes: readonly string[]
  /** The option `ipvlan_flag` is known. */
  readonly knowsIpvlanFlag: boolean
  /** macvlan and ipvlan networks take no address for a gateway that no container would use. */
  readonly sparesUnusedGateways: boolean
  /** /etc/resolv.conf is a trimmed copy of the host's, or written anew with remarks. */
  readonly resolvConf: 'copied' | 'generated'
  /** The words behind fe00:: and ff00:: in /etc/hosts. */
  readonly hostsPrefixes: '::0' | '::'
  /** A disconnect removes all own lines of /etc/hosts, or those of that network. */
  readonly hostsOnDisconnect: 'all-own-lines' | 'matching-lines'
  /** The name of the interface of a new connection: a fresh number, or the lowest free one. */
  readonly interfaceNumbers: 'fresh' | 'lowest-free'
  /** An endpoint may name its interface (`com.docker.network.endpoint.ifname`). */
  readonly namesInterfaces: boolean
  /** How the interfaces of a starting container are numbered: the one that offers the default route first, or as they come. */
  readonly interfaceOrder: 'by-gateway' | 'as-attached'
  /** A rename gives a name on every network, on the default bridge too: among the names recorded, or until the stop. */
  readonly renameNames: 'recorded' | 'until-stop'
  /** The container's short id, and its hostname, are aliases shown by inspect. */
  readonly aliasesShowId: boolean
  /** Publishing without an address also binds [::]. */
  readonly publishesOnIp6: boolean
  /** Whether the allocator sees that an address and all addresses share a port, or leaves that to bind(2). */
  readonly portClashes: 'overlapping' | 'same-address'
  /** A container whose ports cannot be published on a network that it joins leaves it again, or stays without them. */
  readonly withoutPorts: 'leaves' | 'stays'
  /** Order in which a container's published ports are programmed. */
  readonly portOrder: 'descending' | 'ascending'
  /** Static addresses and endpoint settings are checked at create, or at start. */
  readonly endpointChecks: 'at-create' | 'at-start'
  /** A failing upstream resolver is told at once (SERVFAIL), or not at all. */
  readonly upstreamFailure: 'servfail' | 'silence'
  /** Upstream queries leave from the host's namespace, or the container's. */
  readonly upstreamFrom: 'host' | 'container'
  /** Containers on user networks may have several at creation. */
  readonly severalNetworksAtCreate: boolean
  /** What a create without a network mode records. */
  readonly defaultNetworkMode: 'default' | 'bridge'
  /** A container without IPv6 networks has none at all, or none but on its loopback. */
  readonly ip6Unasked: 'disabled' | 'loopback-only'
  /** `--sysctl` is written before the container has its interfaces, or after. */
  readonly sysctlsApplied: 'before-networks' | 'after-networks'
  /** Order of the events when a container ends. */
  readonly eventsAtExit: 'die-first' | 'disconnect-first'
  /** How often `docker network disconnect` of a running container is told. */
  readonly disconnectEvents: 'twice' | 'once'
  /** Static addresses are for subnets that the user chose, or for any. */
  readonly staticAddresses: 'chosen-subnets' | 'any-subnet'
  /** inspect shows the gateway of a subnet that was asked for without one. */
  readonly showsEveryGateway: boolean
  /** A hostname that was given (`--hostname`) is a name of the container on its networks. */
  readonly hostnameIsAlias: boolean
  /** Ports of a container on an internal network are shown as exposed, or not at all. */
  readonly showsPortsOfInternal: boolean
  /** A legacy link sets variables. */
  readonly linkEnvironment: boolean
  /** `docker network prune` is told as an event. */
  readonly networkPruneEvent: boolean
  /** `host-gateway` in --add-host means an address of the host. */
  readonly knowsHostGateway: boolean
  /** Port 0 of a container may be published. */
  readonly allowsPortZero: boolean
  /** A pull tells that it verifies checksums. */
  readonly tellsChecksums: boolean
  /** Removing an image tells of its digests, too. */
  readonly tellsDigestsGone: boolean
  /** A MAC address goes with every network mode, or only with a network of the container's own. */
  readonly macWithForeignNetwork: boolean
  /** A volume without a name of its own has a label that says so. */
  readonly labelsAnonymousVolumes: boolean
  /** A prune without `all` removes only volumes without a name of their own, or all that nobody uses. */
  readonly prunesAnonymousVolumes: boolean
  /** Whether what `--tmpfs` mounts is mounted before what was asked for otherwise. */
  readonly mountOrder: 'tmpfs-first' | 'tmpfs-last'
  /** Volumes are mounted before the container enters its networks, or after. */
  readonly mountsVolumes: 'before-networks' | 'after-networks'
  /** A volume that is there already is told as made, too. */
  readonly tellsVolumesAgain: boolean
  /** Options of `--tmpfs` and the mode of `--ipc` are checked at create, or at start. */
  readonly tmpfsChecks: 'at-create' | 'at-start'
  /** A search without a limit above 0 is refused, or has the usual one. */
  readonly refusesSearchLimits: boolean
  /** What `docker save` writes: a directory for each layer, or blobs by their digests. */
  readonly archiveForm: 'v1' | 'oci'
  /** `--mount type=image` mounts the files of an image. */
  readonly mountsImages: boolean
}

export interface ServerVersion {
  readonly version: string
  readonly apiVersion: string
  readonly minimumApiVersion: string
  readonly goVersion: string
  readonly gitCommit: string
  readonly built: string
  readonly containerd: { readonly version: string; readonly commit: string }
  readonly runc: { readonly version: string; readonly commit: string }
  readonly init: { readonly version: string; readonly commit: string }
}
