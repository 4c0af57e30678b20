// An arithmetic syntax tree written as text again, for the evaluator, which reads text.

import type { ArithmeticExpression } from 'unbash'

export function arithmeticSource(node: ArithmeticExpression): string {
  switch (node.type) {
    case 'ArithmeticBinary':
      return `${arithmeticSource(node.left)} ${node.operator} ${arithmeticSource(node.right)}`
    case 'ArithmeticUnary':
      return node.prefix
        ? `${node.operator} ${arithmeticSource(node.operand)}`
        : `${arithmeticSource(node.operand)}${node.operator}`
    case 'ArithmeticTernary':
      return `${arithmeticSource(node.test)} ? ${arithmeticSource(node.consequent)} : ${arithmeticSource(node.alternate)}`
    case 'ArithmeticGroup':
      return `(${arithmeticSource(node.expression)})`
    case 'ArithmeticWord':
      return node.value
    case 'ArithmeticCommandExpansion':
      return node.text
  }
}
