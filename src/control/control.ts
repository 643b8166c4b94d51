import { neverFired, type NeverFired } from '../faults/never-fired.ts'
import { BadFaultRules } from '../faults/problem.ts'
import type { ArmedRule } from '../faults/rule.ts'
import type { RecordedRequest } from '../journal/entry.ts'
import type { TextOf } from '../go/json-places.ts'
import type { SignedIn } from '../mock-interface.ts'
import { KratosError } from '../model/errors.ts'
import { shown } from '../model/flaw.ts'
import { listed } from '../model/nearest.ts'
import type { Micros } from '../model/time.ts'
import { loadForProfile } from '../api/identities/credential-types.ts'
import { profileOf } from '../profiles/profile.ts'
import { located } from '../seed/rule-file.ts'
import { applyFixture, type SeededJson } from '../seed/seed.ts'
import type { Source } from '../seed/source.ts'
import type { Project, Projects } from '../world/projects.ts'
import type { Configured, World } from '../world/world.ts'
import { readAdvance, readClock, readProject, readTimeout, refuse } from './inputs.ts'

/** How many requests the message of a wait that timed out names. */
const MOST_NAMED = 5

/** Rules that were refused, as an answer. */
const refusalOf = (error: unknown): unknown =>
  error instanceof BadFaultRules
    ? new KratosError(400, { reason: error.message, details: { problems: error.problems } })
    : error

/** @throws KratosError 400 for a path: files are read by whoever sends what they hold. */
const refusePaths = (fixture: unknown): void => {
  if (![fixture].flat().some((one) => typeof one === 'string')) return
  throw refuse(
    'A fixture is a JSON object or array here. The path of a file is for the command line and for TypeScript.',
  )
}

/**
 * All that a tester may do to one project, whatever way the call came to `/_mock`. Inputs are what anybody may
 * send; what is refused changes nothing and throws a KratosError with a reason.
 */
export class Control {
  readonly project: Project
  readonly projects: Projects

  constructor(projects: Projects, project: Project) {
    this.projects = projects
    this.project = project
  }

  get #world(): World {
    return this.project.world
  }

  health(): Readonly<Record<string, unknown>> {
    const { profile, store, origins } = this.#world
    const { identities, sessions } = store.tables
    return {
      status: 'ok',
      url: origins.admin,
      publicUrl: origins.public,
      profile: profile.name,
      identities: identities.size,
      sessions: sessions.size,
    }
  }

  /**
   * @param fixture what a file would hold, or an array of several.
   * @param textOf how it was spelled, where it was JSON.
   * @throws FixtureError for a bad one.
   */
  async seed(fixture: unknown, textOf?: TextOf): Promise<SeededJson> {
    if (fixture === undefined) throw refuse('There is no fixture.')
    refusePaths(fixture)
    return await applyFixture(this.#world, fixture, 'afar', textOf)
  }

  /**
   * Makes a project.
   * @param options its name, or `{ name, profile, database, seed, now }`.
   * @param textOf how they were spelled, where they were JSON.
   * @throws KratosError 400 for bad options, 409 for a name in use; FixtureError for a bad seed.
   */
  async makeProject(options: unknown, textOf?: TextOf): Promise<Project> {
    const { name, profile: asked, database, seed, now } = readProject(options, this.#world)
    const { world } = this.projects.root
    const profile = asked === undefined ? undefined : profileOf(asked)
    if (profile !== undefined) await loadForProfile(profile)
    if (seed === undefined) return this.projects.make(name, { profile, database, now })
    refusePaths(seed)
    const fresh = world.blank({ profile, database, now })
    await applyFixture(fresh, seed, 'afar', textOf && ((pointer) => textOf(['seed', ...pointer])))
    const { tables, random } = fresh.snapshot()
    return this.projects.make(name, { profile, database, now, data: { tables, random } })
  }

  /** @param input `{ identity, method, aal, device, state }`. What it needs is loaded when somebody first signs in. */
  async signIn(input: unknown): Promise<SignedIn> {
    const { signInAtOnce } = await import('./sign-in.ts')
    return signInAtOnce(this.#world, input)
  }

  reset(): void {
    this.#world.reset()
  }

  /** @returns the id of a snapshot. */
  snapshot(): string {
    return this.projects.keep(this.project)
  }

  /** @throws KratosError 404 for an unknown snapshot, 409 for one of another project. */
  restore(id: string): void {
    this.#world.restore(this.projects.kept(this.project, id))
  }

  clock(): { readonly now: Micros; readonly running: boolean } {
    const { clock } = this.#world
    return { now: clock.now(), running: clock.running }
  }

  /** @param to `{ now, running }`, one of them or both. */
  setClock(to: unknown): void {
    const { clock } = this.#world
    const { now, running } = readClock(to, clock.now())
    // Stopped first, it stands at that very time.
    if (running === false) clock.freeze()
    if (now !== undefined) clock.set(now)
    if (running === true) clock.run()
  }

  advanceClock(by: unknown): void {
    const { clock } = this.#world
    clock.set(readAdvance(by, clock.now()))
  }

  /** @param rules one, or an array of them. @param from where they were armed: a file, or a place in one. */
  addFaults(rules: unknown, from?: string): ArmedRule | readonly ArmedRule[] {
    const { faults } = this.#world
    try {
      return Array.isArray(rules) ? faults.addAll(rules, from) : faults.add(rules, from)
    } catch (error) {
      throw refusalOf(error)
    }
  }

  /** Arms what a file or an option holds. @param from where they were armed: a file, or a place in one. */
  async armFaults(source: Source, from?: string): Promise<void> {
    const { faults } = this.#world
    try {
      if (Array.isArray(source.value)) faults.addAll(source.value, from)
      else faults.add(source.value, from)
    } catch (error) {
      throw refusalOf(error instanceof BadFaultRules ? await located(error, source) : error)
    }
  }

  faults(): readonly ArmedRule[] {
    return this.#world.faults.list()
  }

  removeFault(id: unknown): void {
    const { faults, waiting } = this.#world
    if (typeof id === 'string' && faults.remove(id)) return waiting.end(id)
    const known = this.faults().map((rule) => rule.id)
    throw refuse(
      `There is no fault rule ${String(id)}. ${known.length === 0 ? 'None is armed.' : `Armed are ${listed(known)}.`}`,
      404,
    )
  }

  /** What the rules hold back ends with them. */
  clearFaults(): void {
    this.#world.faults.clear()
    this.#world.waiting.end()
  }

  /** @throws KratosError 409 that names each rule that never fired. */
  verifyFaults(): void {
    const { faults, baseline } = this.#world
    const unfired = faults.verify().map((rule): NeverFired => {
      const origin = faults.origin(rule.id)!
      return { ...rule, ...origin, armedAtStart: faults.isOf(baseline.faults, rule.id) }
    })
    if (unfired.length === 0) return
    throw new KratosError(409, { reason: neverFired(unfired), details: { rules: unfired } })
  }

  async requests(filter?: unknown): Promise<RecordedRequest[]> {
    return await this.#world.journal.list(filter)
  }

  /**
   * Replaces what every project starts from and resets to; the root project is there at once.
   * @param fixture a path, or what a file would hold.
   * @param configured what all go by from then on, where that changed.
   * @throws FixtureError for a bad one, which leaves everything as it was.
   */
  async replaceBaseline(fixture: unknown, configured?: Configured): Promise<void> {
    const { world } = this.projects.root
    const fresh = world.blank(configured === undefined ? {} : { configured })
    await applyFixture(fresh, fixture)
    const { tables, random } = fresh.snapshot()
    this.projects.rebase({ ...world.baseline, tables, random }, configured)
  }

  clearRequests(): void {
    this.#world.journal.clear()
  }

  /** @throws KratosError 408 that says what came instead, after `timeout` milliseconds. */
  async waitForRequest(filter: unknown, timeout: unknown, client?: AbortSignal): Promise<RecordedRequest> {
    const patience = readTimeout(timeout)
    const { journal, watching } = this.#world
    const held = watching.hold(client)
    const found = await journal.wait(filter, patience, held.signal).finally(held.release)
    if (found !== undefined) return found
    this.#world.throwIfClosed()
    const { count, last } = journal.came(MOST_NAMED)
    const instead = count === 0 ? 'None came at all.' : `Of ${count} that came the last were: ${last.join('; ')}.`
    throw refuse(`No request like ${shown(filter ?? {}, 100)} came within ${patience} ms. ${instead}`, 408)
  }
}
