// What a release may change in the JSON of the Engine API: which keys its objects have, in which order, and how it
// writes what is not there. `releases/` makes the choices.

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
  /** The predefined bridge shows its gateway. */
  readonly bridgeShowsGateway: boolean
  /** Keys of `GET /images/{name}/json`. */
  readonly image: readonly string[]
  /** Config of an image: all keys of a container's, or only those that images have, in the order of their names. */
  readonly imageConfig: readonly string[]
  /** GraphDriver of a container tells its id. */
  readonly graphDriverShowsId: boolean
  /** A container that has stopped keeps the id and key of its last sandbox. */
  readonly keepsSandbox: boolean
  /** The engine's id: a UUID, or twelve groups of four letters. */
  readonly engineId: 'uuid' | 'groups'
  readonly logDrivers: readonly string[]
  /** Beside runc. */
  readonly moreRuntimes: readonly string[]
  readonly insecureRegistries: readonly string[]
  /** The security option of the seccomp profile. */
  readonly seccomp: string
  /** Keys of `GET /info`. */
  readonly info: readonly string[]
}
