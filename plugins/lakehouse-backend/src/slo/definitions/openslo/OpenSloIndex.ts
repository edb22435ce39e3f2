import type { Spot } from '../yaml/Spot';
import type { OpenSloKind, OpenSloObject, OpenSloOf } from './OpenSloObject';

/** An object and its place. */
export interface PlacedObject<T extends OpenSloObject = OpenSloObject> {
  readonly object: T;
  readonly spot: Spot;
}

/** Finds an object by kind and name, in the file that asks first. */
export type ObjectLookup = <K extends OpenSloKind>(
  kind: K,
  name: string,
) => PlacedObject<OpenSloOf<K>> | undefined;

type ByName<K extends OpenSloKind> = Map<string, PlacedObject<OpenSloOf<K>>>;

/** The objects of a set of files, by kind and name. */
export class OpenSloIndex {
  readonly #kinds: { readonly [K in OpenSloKind]: ByName<K> } = {
    DataSource: new Map(),
    SLI: new Map(),
    SLO: new Map(),
    AlertPolicy: new Map(),
    AlertCondition: new Map(),
    AlertNotificationTarget: new Map(),
    Service: new Map(),
  };

  /** Gives the one of the same kind and name that is in it already, if there is one; that one stays. */
  add({ object, spot }: PlacedObject): PlacedObject | undefined {
    const before = this.find(object.kind, object.metadata.name);
    if (before) return before;
    const { name } = object.metadata;
    switch (object.kind) {
      case 'DataSource':
        this.#kinds.DataSource.set(name, { object, spot });
        break;
      case 'SLI':
        this.#kinds.SLI.set(name, { object, spot });
        break;
      case 'SLO':
        this.#kinds.SLO.set(name, { object, spot });
        break;
      case 'AlertPolicy':
        this.#kinds.AlertPolicy.set(name, { object, spot });
        break;
      case 'AlertCondition':
        this.#kinds.AlertCondition.set(name, { object, spot });
        break;
      case 'AlertNotificationTarget':
        this.#kinds.AlertNotificationTarget.set(name, { object, spot });
        break;
      default:
        this.#kinds.Service.set(name, { object, spot });
    }
    return undefined;
  }

  find<K extends OpenSloKind>(
    kind: K,
    name: string,
  ): PlacedObject<OpenSloOf<K>> | undefined {
    return this.#kinds[kind].get(name);
  }
}
