// How an image was made, as `GET /images/{name}/history` tells it (moby daemon/images/image_history.go).

import type { Moment } from '../base/calendar.ts'
import type { Image } from '../engine/image/image.ts'
import type { ImageStore } from '../engine/image/store.ts'

export interface HistoryLine {
  readonly id: string
  readonly created: Moment
  readonly createdBy: string
  readonly comment: string
  readonly size: number
}

/** The youngest instruction first; it has an id, and so have those before it whose images are still here. */
export function historyOf(store: ImageStore, image: Image): HistoryLine[] {
  const sizes = image.layers.map(({ size }) => size)
  const history =
    image.history ?? image.layers.map(({ createdBy }) => ({ createdBy, comment: '', empty: false }))
  const entries = history.map((step) => ({
    id: '<missing>',
    created: ('created' in step ? step.created : undefined) ?? image.created,
    createdBy: step.createdBy,
    comment: step.comment,
    size: step.empty ? 0 : (sizes.shift() ?? 0),
  }))
  let own: Image | undefined = image
  return entries.reverse().map((entry) => {
    const id = own?.id ?? entry.id
    own = store.images.get(own?.build?.parent ?? '')
    return { ...entry, id }
  })
}
