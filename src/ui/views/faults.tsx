import type { JSX } from 'preact'
import { faults } from '../live/follow.ts'
import { useStore } from '../live/store.ts'
import { ArmForm } from '../parts/arm-form.tsx'
import { RuleCard } from '../parts/rule-card.tsx'

/** The armed rules, and a form that arms more. */
export const Faults = (): JSX.Element => {
  const rules = useStore(faults)
  return (
    <>
      <div class="head">
        <h1>Faults</h1>
        <span class="muted">{rules.length === 0 ? 'none armed' : `${rules.length} armed`}</span>
      </div>
      <div class="two">
        <section aria-label="Armed rules">
          {rules.length === 0 ? (
            <p class="empty">
              Every request gets what the API has for it. Rules are tried in the order in which they were armed.
            </p>
          ) : (
            <ol class="rules">
              {rules.map((rule) => (
                <RuleCard key={rule.id} rule={rule} />
              ))}
            </ol>
          )}
        </section>
        <ArmForm />
      </div>
    </>
  )
}
