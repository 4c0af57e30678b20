// What a real engine of release 20.10 printed is what docksim prints.

import { testRecordings } from './release.ts'

testRecordings('20.10')
