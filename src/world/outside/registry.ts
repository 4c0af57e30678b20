// Docker Hub, as far as a pull asks it: manifests of the images of a catalogue.

import type { Catalogue, Manifest } from '../../engine/image/catalogue.ts'
import type { Page } from './web.ts'

/** The registry's answer to `/v2/library/nginx/manifests/latest`. */
export function registryPage(catalogue: Catalogue, path: string): Page | undefined {
  const [, repository = '', tag = ''] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(path) ?? []
  if (repository === '') return undefined
  const image = catalogue.get(`docker.io/${repository}:${tag}`)
  if (image) {
    const manifest: Manifest = {
      digest: image.digest,
      layers: image.layers.map((layer) => ({ digest: layer.digest, size: layer.compressedSize })),
    }
    return json(200, manifest)
  }
  const known = [...catalogue.keys()].some((name) => name.startsWith(`docker.io/${repository}:`))
  return known
    ? json(404, { errors: [{ code: 'MANIFEST_UNKNOWN' }] })
    : json(401, { errors: [{ code: 'UNAUTHORIZED' }] })
}

const json = (status: number, value: object): Page => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
})
