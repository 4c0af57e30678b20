// The client's own checks of docker network create, in the words of real clients (28.2.2 and 20.10.24).

import { expect, test } from 'vitest'
import type { Release } from '../../base/release.ts'
import { StatusError } from '../errors.ts'
import { consolidate, type IpamFlags } from './ipam.ts'

const none: IpamFlags = { subnets: [], ranges: [], gateways: [], auxiliary: new Map() }
const subnets = ['10.91.0.0/16']

function refusal(flags: Partial<IpamFlags>, release: Release = '28'): string {
  try {
    consolidate({ ...none, ...flags }, release)
    return ''
  } catch (cause) {
    if (cause instanceof StatusError) return cause.message
    throw cause
  }
}

test('everything belongs to a subnet', () => {
  const alone = 'every ip-range or gateway must have a corresponding subnet'
  expect(refusal({ gateways: ['10.92.0.1'] })).toBe(alone)
  expect(refusal({ subnets, ranges: ['10.91.0.0/24', '10.91.1.0/24'] })).toBe(alone)
  expect(refusal({ subnets, gateways: ['10.92.0.1'] })).toBe('no matching subnet for gateway 10.92.0.1')
  expect(refusal({ subnets, ranges: ['10.0.0.0/8'] })).toBe('no matching subnet for range 10.0.0.0/8')
  expect(refusal({ subnets, auxiliary: new Map([['10.91.0.1', '']]) })).toBe(
    'no matching subnet for aux-address ',
  )
})

test('what is no prefix', () => {
  expect(refusal({ subnets, ranges: ['abc'] })).toBe('invalid CIDR address: abc')
  expect(refusal({ subnets, ranges: ['abc'] }, '20.10')).toBe('no matching subnet for range abc')
  expect(refusal({ subnets: ['abc'], gateways: ['10.1.1.1'] })).toBe(
    'invalid subnet: invalid CIDR address: abc',
  )
  expect(refusal({ subnets: ['abc'] })).toBe('')
})

test('subnets do not overlap', () => {
  expect(refusal({ subnets: [...subnets, '10.91.3.0/24'] })).toBe(
    'multiple overlapping subnet configuration is not supported',
  )
})
