import { distinct } from './accumulators';
import { type Aggregate, aggregateFunctions } from './aggregateFunctions';
import { type FunctionCall } from './ast';
import { compileConditional } from './compileConditional';
import { type CompileTools } from './CompileTools';
import { type Compiled } from './Compiled';
import { formatType } from './formatType';
import { type Grouping } from './Grouping';
import { scalarFunctions } from './scalarFunctions';
import { sessionFunction } from './sessionFunctions';
import { BIGINT, INTEGER } from './SqlType';
import { TrinoError } from './TrinoError';
import { type WindowCall, type Windows } from './Windows';

export interface CallTools extends CompileTools {
  grouping?: Grouping;
  windows?: Windows;
  /** Compiles against the rows before they are grouped. */
  input: CompileTools;
}

const RANKINGS = ['row_number', 'rank', 'dense_rank'] as const;

function noSuchFunction(node: FunctionCall, args: Compiled[]): TrinoError {
  const types = args.map(arg => formatType(arg.type)).join(', ');
  const known =
    Object.hasOwn(scalarFunctions, node.name) ||
    Object.hasOwn(aggregateFunctions, node.name);
  return new TrinoError({
    name: 'FUNCTION_NOT_FOUND',
    message: known
      ? `Unexpected parameters (${types}) for function ${node.name}`
      : `Function '${node.name}' not registered`,
    location: node.location,
  });
}

function bindAggregate(node: FunctionCall, tools: CompileTools): Aggregate {
  const args = node.args.map(arg => tools.compile(arg));
  const aggregate = aggregateFunctions[node.name](args);
  if (!aggregate) {
    throw noSuchFunction(node, args);
  }
  return {
    ...aggregate,
    filter: node.filter && tools.compileCondition(node.filter, 'FILTER WHERE'),
    create: node.distinct
      ? () => distinct(aggregate.create())
      : aggregate.create,
  };
}

function misplaced(node: FunctionCall): TrinoError {
  return new TrinoError({
    name: 'EXPRESSION_NOT_SCALAR',
    message: `Cannot contain aggregations, window functions or grouping operations: [${node.name}]`,
    location: node.location,
  });
}

function compileAggregate(node: FunctionCall, tools: CallTools): Compiled {
  const { grouping } = tools;
  if (!grouping) {
    throw misplaced(node);
  }
  const aggregate = bindAggregate(node, tools.input);
  const at = grouping.add(aggregate);
  return { type: aggregate.type, evaluate: row => row[at] };
}

/** A function OVER a window: its value is computed when all rows are known. */
function compileWindow(node: FunctionCall, tools: CallTools): Compiled {
  const { windows } = tools;
  const { over } = node;
  if (!windows || !over) {
    throw misplaced(node);
  }
  const ranking = RANKINGS.find(name => name === node.name);
  let compute: WindowCall['compute'];
  if (ranking) {
    compute = ranking;
  } else if (Object.hasOwn(aggregateFunctions, node.name)) {
    compute = bindAggregate(node, tools);
  } else {
    throw noSuchFunction(
      node,
      node.args.map(arg => tools.compile(arg)),
    );
  }
  const call = windows.calls.push({
    compute,
    partitionBy: over.partitionBy.map(e => tools.compile(e)),
    orderBy: over.orderBy.map(item => ({
      compiled: tools.compile(item.expression),
      item,
    })),
  });
  return {
    type: typeof compute === 'object' ? compute.type : BIGINT,
    evaluate: row => windows.valueOf(row, call - 1),
  };
}

/** `grouping(a, b)`: a bit for each argument, set where it is grouped away. */
function compileGroupingFunction(
  node: FunctionCall,
  tools: CallTools,
): Compiled {
  const { grouping } = tools;
  const keys = node.args.map(arg => grouping?.find(arg)?.index);
  if (!grouping || keys.includes(undefined)) {
    throw new TrinoError({
      name: 'INVALID_ARGUMENTS',
      message:
        'The arguments to GROUPING() must be expressions referenced by the GROUP BY at the associated query level',
      location: node.location,
    });
  }
  return {
    type: INTEGER,
    evaluate(row) {
      const mask = grouping.sets[Number(row[grouping.setIndex])];
      return keys.reduce<bigint>(
        (bits, key) => bits * 2n + (mask[key ?? 0] ? 0n : 1n),
        0n,
      );
    },
  };
}

/** Binds a function call, of whichever sort the function is. */
export function compileCall(node: FunctionCall, tools: CallTools): Compiled {
  if (node.over) {
    return compileWindow(node, tools);
  }
  if (node.name === 'grouping') {
    return compileGroupingFunction(node, tools);
  }
  if (Object.hasOwn(aggregateFunctions, node.name)) {
    return compileAggregate(node, tools);
  }
  if (node.args.length === 0) {
    const session = sessionFunction(node.name, tools.context);
    if (session) {
      return session;
    }
  }
  const args = node.args.map(arg => tools.compile(arg));
  const compiled =
    compileConditional(node, args) ??
    (Object.hasOwn(scalarFunctions, node.name)
      ? scalarFunctions[node.name](args)
      : undefined);
  if (!compiled) {
    throw noSuchFunction(node, args);
  }
  return compiled;
}
