// What a real engine of release 28 printed is what docksim prints.

import { testRecordings } from './release.ts'

testRecordings('28')
