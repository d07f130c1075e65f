// Everything here makes a working page easier; nothing here is needed for it to work.
import { keepTyped } from './typed.js'
import { warnBeforeSignOut } from './idle.js'
import { offerCopying, offerPrinting } from './buttons.js'

const designSystem = document.documentElement.dataset.designSystem
document.body.classList.add('js-enabled')

if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
  const { initAll } = await import(designSystem)
  initAll({ errorSummary: { disableAutoFocus: false }, button: { preventDoubleClick: true } })
  allowedAttributesOnly()
  document.addEventListener('click', allowedAttributesOnly)
}

// The design system puts aria-expanded on radios and checkboxes that reveal more; ARIA does not allow it there.
function allowedAttributesOnly () {
  for (const input of document.querySelectorAll('input[aria-expanded]')) input.removeAttribute('aria-expanded')
}

const keeper = keepTyped(document.querySelector('form[data-typed-url]'))
warnBeforeSignOut(document.body, { saveFirst: keeper.save })
offerCopying(document)
offerPrinting(document)
