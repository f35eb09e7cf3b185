// A library for documents asks for a browser's `localStorage` as it loads, and Node would warn of it on standard error.
// Nothing here uses one. To be imported before that library.
Object.defineProperty(globalThis, 'localStorage', { value: undefined, configurable: true, writable: true });
