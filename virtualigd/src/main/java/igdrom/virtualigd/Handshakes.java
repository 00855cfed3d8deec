package igdrom.virtualigd;

import java.util.HashMap;
import java.util.Map;

/// The requests that are not granted yet: hardware takes its time, so a driver has to poll.
///
/// Not thread-safe: the device holds a lock.
final class Handshakes {
    /// The number of reads that still show the state before the request.
    static final int REFUSED_POLLS = 1;

    private final Map<Long, Pending> pending = new HashMap<>();

    /// @param bits the bits that are not granted yet
    /// @param before their state before the request
    private record Pending(int bits, int before, int left) {
        int on(int value) {
            return (value & ~bits) | before;
        }
    }

    /// Begins a request.
    ///
    /// @param bits the bits that hardware grants
    /// @param shown the value of the register before the write
    /// @param granted its value when everything is granted
    void begin(long offset, int bits, int shown, int granted) {
        int changed = (shown ^ granted) & bits;
        if (changed == 0) {
            pending.remove(offset);
        } else {
            pending.put(offset, new Pending(changed, shown & changed, REFUSED_POLLS));
        }
    }

    /// The value that a read shows; reads are what makes time pass.
    int shown(long offset, int value) {
        Pending request = pending.get(offset);
        if (request == null) {
            return value;
        }
        if (request.left == 1) {
            pending.remove(offset);
        } else {
            pending.put(offset, new Pending(request.bits, request.before, request.left - 1));
        }
        return request.on(value);
    }

    /// The value that the next read will show.
    int peek(long offset, int value) {
        Pending request = pending.get(offset);
        return request == null ? value : request.on(value);
    }

    void clear() {
        pending.clear();
    }
}
