// Keeps what is typed: a few seconds after a change, and when the page is left or hidden.
const PAUSE = 3000 // milliseconds after the last change

function fieldsOf (form) {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !form.elements[name]?.matches?.('[type=password]')) fields.append(name, value)
  }
  fields.append('typed_path', form.dataset.typedPath)
  return fields
}

export function keepTyped (form) {
  if (!form) return { save: async () => {} }
  const status = form.querySelector('[data-saved]')
  let timer = 0
  let changed = false
  let sent = ''

  function say (words) {
    if (status && status.textContent !== words) status.textContent = words
  }

  async function save ({ leaving = false } = {}) {
    clearTimeout(timer)
    const fields = fieldsOf(form)
    const body = fields.toString()
    if (!changed || body === sent) return
    changed = false
    try {
      const response = await fetch(form.dataset.typedUrl, {
        method: 'POST', body: fields, keepalive: leaving && body.length < 60000, credentials: 'same-origin', redirect: 'manual'
      })
      if (response.ok) {
        sent = body
        say(`Saved at ${(await response.json()).saved}`)
      } else {
        changed = true
        say(response.status === 413 ? 'Too long to keep by itself: save the page' : 'Not saved yet: save the page')
      }
    } catch {
      changed = true
      say('Not saved: there is no connection')
    }
  }

  function soon () {
    changed = true
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE)
  }

  form.addEventListener('input', soon)
  form.addEventListener('change', soon)
  form.addEventListener('submit', () => { clearTimeout(timer); changed = false })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save({ leaving: true })
  })
  window.addEventListener('pagehide', () => save({ leaving: true }))
  return { save }
}
