package igdrom.vfiouser.server;

import igdrom.bytes.Image;
import igdrom.linux.Descriptors;
import igdrom.linux.EventFd;
import igdrom.linux.LinuxException;
import igdrom.vfiouser.wire.DeviceLayout;
import igdrom.vfiouser.wire.Errno;
import igdrom.vfiouser.wire.IrqInfo;
import igdrom.vfiouser.wire.RefusedException;
import igdrom.vfiouser.wire.SetIrqs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The interrupt vectors of a device, each with the eventfd that signals it to the client.
///
/// Spec: vfio-user, "VFIO_USER_DEVICE_SET_IRQS".
final class IrqVectors implements AutoCloseable {
    private final DeviceLayout layout;
    private final List<List<Vector>> indexes = new ArrayList<>();

    /// One vector.
    private static final class Vector {
        private @Nullable EventFd event;
        private boolean masked;
        private boolean pending;

        void disconnect() {
            if (event != null) {
                event.close();
                event = null;
            }
            pending = false;
        }
    }

    IrqVectors(DeviceLayout layout) {
        this.layout = layout;
        for (IrqInfo irq : layout.irqs()) {
            List<Vector> vectors = new ArrayList<>();
            for (int i = 0; i < irq.count(); i++) {
                vectors.add(new Vector());
            }
            indexes.add(vectors);
        }
    }

    synchronized void set(SetIrqs request, Descriptors descriptors) throws RefusedException {
        IrqInfo irq = layout.irq(request.index());
        if (request.start() > irq.count() || request.count() > irq.count() - request.start()) {
            throw new RefusedException(
                    Errno.EINVAL,
                    "start is %d and count is %d, the index has %d interrupts"
                            .formatted(request.start(), request.count(), irq.count()));
        }
        List<Vector> all = indexes.get(irq.index());
        if (request.count() == 0) {
            all.forEach(Vector::disconnect);
            return;
        }
        int start = (int) request.start();
        List<Vector> range = all.subList(start, start + request.count());
        if (request.action() != SetIrqs.Action.TRIGGER && !irq.maskable()) {
            throw new RefusedException(Errno.EINVAL, "interrupts of this index cannot be masked");
        }
        switch (request.data()) {
            case SetIrqs.Data.EventFd(boolean connected) ->
                    connect(request.action(), range, connected, descriptors);
            case SetIrqs.Data.None() -> {
                for (Vector vector : range) {
                    apply(request.action(), irq, vector);
                }
            }
            case SetIrqs.Data.Bool(Image flags) -> {
                for (int i = 0; i < range.size(); i++) {
                    if (flags.u8(i) != 0) {
                        apply(request.action(), irq, range.get(i));
                    }
                }
            }
        }
    }

    private static void connect(
            SetIrqs.Action action, List<Vector> range, boolean connected, Descriptors descriptors)
            throws RefusedException {
        if (action != SetIrqs.Action.TRIGGER) {
            throw new RefusedException(
                    Errno.EOPNOTSUPP, "an eventfd is supported for TRIGGER only");
        }
        List<EventFd> events = new ArrayList<>();
        try {
            while (connected && descriptors.size() > 0) {
                events.add(EventFd.of(descriptors.take()));
            }
        } catch (LinuxException e) {
            events.forEach(EventFd::close);
            throw new RefusedException(Errno.EINVAL, "a descriptor is not an eventfd");
        }
        for (int i = 0; i < range.size(); i++) {
            range.get(i).disconnect();
            if (connected) {
                range.get(i).event = events.get(i);
            }
        }
    }

    private static void apply(SetIrqs.Action action, IrqInfo irq, Vector vector)
            throws RefusedException {
        try {
            switch (action) {
                case TRIGGER -> raise(irq, vector);
                case MASK -> vector.masked = true;
                case UNMASK -> {
                    vector.masked = false;
                    if (vector.pending) {
                        raise(irq, vector);
                    }
                }
            }
        } catch (LinuxException e) {
            throw new RefusedException(Errno.EIO, e.toString());
        }
    }

    /// Signals an interrupt, or leaves it pending while it is masked.
    synchronized void raise(int index, int vector) throws LinuxException {
        if (index < 0
                || index >= indexes.size()
                || vector < 0
                || vector >= indexes.get(index).size()) {
            throw new IllegalArgumentException(
                    "no interrupt has index %d, vector %d".formatted(index, vector));
        }
        raise(layout.irqs().get(index), indexes.get(index).get(vector));
    }

    private static void raise(IrqInfo irq, Vector vector) throws LinuxException {
        if (vector.event == null) {
            return;
        }
        if (vector.masked) {
            vector.pending = true;
            return;
        }
        vector.pending = false;
        vector.masked = irq.autoMasked();
        vector.event.signal();
    }

    @Override
    public synchronized void close() {
        for (List<Vector> vectors : indexes) {
            vectors.forEach(Vector::disconnect);
        }
    }
}
