// The stream: what happens, as it happens. The browser comes back by itself with the number of the last event.

const KINDS = ['DECISION', 'ORDER', 'ROUTE', 'FILL', 'POSITION', 'CASH', 'BROKER', 'SWITCH', 'BREAKER', 'LIMITS', 'LIMIT_CHANGE', 'ALERT', 'TRADING_DAY'];

export class Live {
  constructor(whenState) {
    this.listeners = new Map();
    this.whenState = whenState;
  }

  on(kind, listener) {
    this.listeners.set(kind, [...(this.listeners.get(kind) ?? []), listener]);
  }

  open() {
    this.close();
    this.source = new EventSource('/execution/stream');
    this.source.onopen = () => {
      this.whenState('live');
      // What is in no journal is not told again: whoever shows it looks once.
      (this.listeners.get('OPEN') ?? []).forEach(listener => listener());
    };
    this.source.onerror = () => {
      // The browser tries again by itself unless it was refused; then we do, a little later.
      this.whenState('lost');
      if (this.source?.readyState === EventSource.CLOSED) this.again = setTimeout(() => this.open(), 3000);
    };
    for (const kind of KINDS) {
      this.source.addEventListener(kind, event => {
        const data = JSON.parse(event.data);
        (this.listeners.get(kind) ?? []).forEach(listener => listener(data));
      });
    }
  }

  close() {
    clearTimeout(this.again);
    this.source?.close();
    this.source = undefined;
  }
}
