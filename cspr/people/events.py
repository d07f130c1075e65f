"""Sentences of this app's events."""

SENTENCES = {
    "person.invited": "{name} was given an account and the role {capacity}",
    "person.role_given": "{name} was given the role {capacity}",
    "person.role_changed": "The role {capacity} of {name} was changed: {changed}",
    "person.role_ended": "The role {capacity} of {name} was ended",
    "person.sessions_ended": "{name} was signed out everywhere",
    "person.second_factor_reset": "The second factor of {name} was reset",
    "person.password_link_sent": "A link to choose a password was sent to {name}",
    "person.deactivated": "The account of {name} was closed",
    "person.reactivated": "The account of {name} was opened again",
    "person.guest_made": "{name} was given a guest link: {capacity}",
    "person.guest_ended": "The guest access of {name} was ended",
    "organisation.guest_added": "The organisation {name}, which has no account, was added",
    "organisation.partnership_added": "The partnership {name} was added",
    "organisation.agency_added": "The agency {name} was added; it serves {partnerships}",
    "organisation.agency_changed": "The agency {name} was changed; it serves {partnerships}",
    "organisation.body_added": "The body {name} was added",
}
