// The description of a world. What is left out is the default world's.

import type { Release } from '../base/release.ts'
import type { LinkKind } from '../net/link/link.ts'

/** What is said of a machine; said of the world, it holds for its first machine. */
export interface MachineSettings {
  /** `192.168.5.4/24` */
  readonly address?: string | undefined
  readonly mac?: string | undefined
  /** What its `eth0` is; with `veth` the machine is a namespace of a bigger one, with the LAN behind the other end. */
  readonly card?: 'ethernet' | 'veth' | undefined
  readonly gateway?: string | undefined
  readonly routes?: readonly RouteSpec[] | undefined
  readonly sysctls?: Readonly<Record<string, string>> | undefined
  readonly resolver?: ResolverSpec | undefined
  readonly docker?: boolean | undefined
  /** Colima is installed there. */
  readonly workstation?: boolean | undefined
  readonly user?: string | UserSpec | undefined
  readonly directory?: string | undefined
  readonly environment?: Readonly<Record<string, string>> | undefined
}

export interface RouteSpec {
  readonly to: string
  readonly via?: string | undefined
  readonly device?: string | undefined
  readonly metric?: number | undefined
}

export interface ResolverSpec {
  readonly servers?: readonly string[] | undefined
  readonly search?: readonly string[] | undefined
  readonly options?: readonly string[] | undefined
}

export interface UserSpec {
  readonly name: string
  readonly docker?: boolean | undefined
  readonly sudo?: boolean | undefined
}

export interface MachineSpec extends MachineSettings {
  readonly name: string
  /** The name of its LAN. */
  readonly lan?: string | undefined
}

export interface ImageSpec {
  readonly name: string
  /** Other names of the same image. */
  readonly tags?: readonly string[] | undefined
  readonly stored?: boolean | undefined
  readonly from?: string | undefined
  readonly programs?: readonly string[] | undefined
  readonly command?: readonly string[] | undefined
  readonly entrypoint?: readonly string[] | undefined
  readonly environment?: Readonly<Record<string, string>> | undefined
  readonly ports?: readonly string[] | undefined
  readonly directory?: string | undefined
  readonly user?: string | undefined
  readonly size?: string | undefined
  readonly created?: string | undefined
  readonly id?: string | undefined
  readonly digest?: string | undefined
  readonly layers?: number | readonly (string | LayerSpec)[] | undefined
  /** What `docker history` tells, the oldest first. */
  readonly history?: readonly string[] | undefined
  /** Contents by path. */
  readonly files?: Readonly<Record<string, string>> | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly volumes?: readonly string[] | undefined
  readonly stopsignal?: string | undefined
}

export interface LayerSpec {
  readonly id?: string | undefined
  readonly size?: string | undefined
}

export interface OutsideSpec {
  readonly internet?: boolean | undefined
  readonly registry?: boolean | undefined
  /** The address of the LAN's name server. */
  readonly resolver?: string | undefined
  readonly hosts?: readonly OutsideHostSpec[] | undefined
}

export interface OutsideHostSpec {
  readonly name: string
  readonly address: string
  readonly ping?: boolean | undefined
  readonly pages?: Readonly<Record<string, string>> | undefined
}

export interface KernelSpec {
  /** Kinds of link of which the kernel knows nothing, as one without the module `dummy`. */
  readonly without?: readonly LinkKind['name'][] | undefined
}

export interface WorldSpec extends MachineSettings {
  readonly release?: Release | undefined
  readonly seed?: number | undefined
  readonly date?: string | undefined
  readonly timezone?: string | undefined
  /** The name of the first machine. */
  readonly name?: string | undefined
  /** Of all machines. */
  readonly kernel?: KernelSpec | undefined
  /** The subnet of the only LAN. */
  readonly lan?: string | undefined
  readonly lans?: readonly { readonly name: string; readonly subnet: string }[] | undefined
  readonly machines?: readonly MachineSpec[] | undefined
  readonly outside?: OutsideSpec | undefined
  readonly images?: readonly (string | ImageSpec)[] | undefined
}
