// The releases that a user may choose.

export { offeredReleases as offered } from '../releases/index.ts'
