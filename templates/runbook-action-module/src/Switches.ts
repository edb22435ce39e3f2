/** Stands for your system: named switches, each of which counts its changes. */
export class Switches {
  readonly #switches: Map<string, { on: boolean; version: number }>;

  static create(names: readonly string[]) {
    return new Switches(names);
  }

  private constructor(names: readonly string[]) {
    this.#switches = new Map(
      names.map(name => [name, { on: false, version: 1 }]),
    );
  }

  /** A switch as it is now; undefined when there is none of that name. */
  async find(name: string) {
    const found = this.#switches.get(name);
    return found && { ...found };
  }

  /** Turns a switch on. */
  async turnOn(name: string): Promise<void> {
    const { version = 0 } = this.#switches.get(name) ?? {};
    this.#switches.set(name, { on: true, version: version + 1 });
  }
}
