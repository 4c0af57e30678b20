// What a release may change in the JSON of the Engine API: which keys its objects have, in which order, and how it
// writes what is not there. `releases/` makes the choices.

/** Of the storage driver overlay2 on ext4. */
export const driverStatus = {
  'Backing Filesystem': 'extfs',
  'Supports d_type': 'true',
  'Using metacopy': 'false',
  'Native Overlay Diff': 'true',
  userxattr: 'false',
} as const

export interface ApiTraits {
  /** Keys of `GET /containers/{id}/json`. */
  readonly container: readonly string[]
  readonly hostConfig: readonly string[]
  /** Values of HostConfig that nothing else decides: Docker's defaults. */
  readonly hostDefaults: Readonly<Record<string, unknown>>
  readonly networkSettings: readonly string[]
  readonly endpoint: readonly string[]
  /** Keys of `GET /networks/{id}`. */
  readonly network: readonly string[]
  /** IPAM.Config of a network without subnets. */
  readonly noSubnets: null | readonly never[]
  /** HostConfig.Dns without servers. */
  readonly absentServers: null | readonly never[]
  /** Config of a container tells of triggers of builds (OnBuild). */
  readonly showsOnBuild: boolean
  /** To templates addresses are values of their own, and one that is missing is not an empty text. */
  readonly typedAddresses: boolean
  /** The predefined bridge shows its gateway. */
  readonly bridgeShowsGateway: boolean
  /** Keys of `GET /images/{name}/json`. */
  readonly image: readonly string[]
  /** Config of an image: all keys of a container's, or only those that images have, in the order of their names. */
  readonly imageConfig: readonly string[]
  /** The client's own type of it, of which empty fields are left out; undefined where it is a container's. */
  readonly imageConfigFields: readonly string[] | undefined
  /** GraphDriver of a container tells its id. */
  readonly graphDriverShowsId: boolean
  /** A container that has stopped keeps the id and key of its last sandbox. */
  readonly keepsSandbox: boolean
  /** The engine's id: a UUID, or twelve groups of four letters. */
  readonly engineId: 'uuid' | 'groups'
  readonly logDrivers: readonly string[]
  readonly runtimes: readonly string[]
  /** What the storage driver tells of itself, in this order. */
  readonly driverTells: readonly (keyof typeof driverStatus)[]
  readonly insecureRegistries: readonly string[]
  /** The security option of the seccomp profile. */
  readonly seccomp: string
  /** Keys of `GET /info`. */
  readonly info: readonly string[]
}
