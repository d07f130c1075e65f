// Two minutes before a session ends for want of use, ask; save what was typed before signing out.
const EVERY = 1000 // milliseconds
const PING = 60000 // at most one sign of life a minute while somebody types

function inWords (seconds) {
  const minutes = Math.ceil(seconds / 60)
  if (seconds > 60) return `${minutes} minutes`
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}

export function warnBeforeSignOut (body, { saveFirst }) {
  const { idleWarn, idleEnd, stayUrl } = body.dataset
  const dialog = document.getElementById('idle-warning')
  const form = document.getElementById('sign-out')
  if (!idleWarn || !dialog || !form) return
  const token = form.querySelector('[name=csrfmiddlewaretoken]').value
  const left = dialog.querySelector('[data-idle-left]')
  const spoken = dialog.querySelector('[data-idle-spoken]')
  let since = Date.now()
  let pinged = Date.now()

  async function stay () {
    since = pinged = Date.now()
    const body = new URLSearchParams({ csrfmiddlewaretoken: token })
    const response = await fetch(stayUrl, { method: 'POST', body, credentials: 'same-origin', redirect: 'manual' })
    if (!response.ok) window.location.reload()
  }

  async function signOut () {
    await saveFirst({ leaving: true })
    form.submit()
  }

  function look () {
    const idle = Math.floor((Date.now() - since) / 1000)
    if (idle >= Number(idleEnd)) return signOut()
    if (idle < Number(idleWarn)) return
    const remaining = Number(idleEnd) - idle
    left.textContent = inWords(remaining)
    if (!dialog.open) dialog.showModal()
    if (remaining % 30 === 0) spoken.textContent = `You will be signed out in ${inWords(remaining)}`
  }

  function active () {
    if (dialog.open) return
    since = Date.now()
    if (since - pinged > PING) stay()
  }

  for (const kind of ['keydown', 'pointerdown', 'scroll']) document.addEventListener(kind, active, { passive: true })
  dialog.addEventListener('cancel', stay) // Escape means: I am here
  dialog.querySelector('[data-idle-stay]').addEventListener('click', () => { dialog.close(); stay() })
  dialog.querySelector('[data-idle-out]').addEventListener('click', signOut)
  setInterval(look, EVERY)
}
