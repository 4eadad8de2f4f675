//! A browser's WebSocket for text, closed when it is dropped.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{CloseEvent, Event, MessageEvent, WebSocket};

/// An open or opening socket to the page's own server.
pub(crate) struct Socket {
    socket: WebSocket,
    _opened: Closure<dyn FnMut(Event)>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Opens a socket to `path`. `closed` is called once if it can't be opened or is closed from the other side; none
    /// means that the browser refused at once.
    pub(crate) fn open(
        path: &str,
        mut opened: impl FnMut() + 'static,
        mut message: impl FnMut(String) + 'static,
        mut closed: impl FnMut() + 'static,
    ) -> Option<Self> {
        let location = window().location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let socket = WebSocket::new(&format!("{scheme}://{}{path}", location.host().ok()?)).ok()?;
        let opened = Closure::new(move |_: Event| opened());
        let message = Closure::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                message(text);
            }
        });
        let closed = Closure::new(move |_: CloseEvent| closed());
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Self { socket, _opened: opened, _message: message, _closed: closed })
    }

    /// Sends a text; before the socket is open, or after it closed, nothing happens.
    pub(crate) fn send(&self, text: &str) {
        if self.socket.ready_state() == WebSocket::OPEN {
            // It fails only while connecting, which the state just excluded.
            let _ = self.socket.send_with_str(text);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Closing a closing or closed socket is no error; 1000 is always a valid code.
        let _ = self.socket.close_with_code(1000);
    }
}
