"""Live preview: changes as settled sets, the site over HTTP, reload, overlay."""
