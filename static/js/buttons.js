// Buttons that only a script can serve stay hidden without one.
export function offerCopying (page) {
  if (!navigator.clipboard) return
  for (const button of page.querySelectorAll('[data-copy]')) {
    button.hidden = false
    const words = button.innerHTML
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy)
      button.textContent = 'Copied'
      setTimeout(() => { button.innerHTML = words }, 3000)
    })
  }
}

export function offerPrinting (page) {
  for (const button of page.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
}
