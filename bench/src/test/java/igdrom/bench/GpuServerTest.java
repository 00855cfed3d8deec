package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.formats.pci.PciId;
import igdrom.linux.Descriptor;
import igdrom.linux.EventFd;
import igdrom.linux.UnixSocket;
import igdrom.vfiouser.wire.Header;
import igdrom.vfiouser.wire.IrqInfo;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.Request;
import igdrom.vfiouser.wire.SetIrqs;
import igdrom.vfiouser.wire.Version;
import igdrom.virtualigd.IgdModel;
import igdrom.virtualigd.VirtualIgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Interrupts of the device, as a client of the socket receives them.
class GpuServerTest {
    private static final int IIR = 0x44408;
    private static final int TIMEOUT_MILLIS = 10_000;

    @TempDir Path directory = Path.of("");

    @Test
    void vertical_blank_raises_intx_again_after_it_is_unmasked() throws Exception {
        try (GpuServer server = listen();
                UnixSocket client = UnixSocket.connect(directory.resolve("gpu"));
                EventFd event = EventFd.create()) {
            send(client, new Version(0, 0, Optional.empty()));
            enableVerticalBlank(client, IrqInfo.INTX, event);
            assertThat(arrives(event)).isTrue();
            send(
                    client,
                    new SetIrqs(
                            IrqInfo.INTX, 0, 1, SetIrqs.Action.UNMASK, new SetIrqs.Data.None()));
            assertThat(arrives(event)).isTrue();
            assertThat(server.failure()).isEmpty();
        }
    }

    @Test
    void vertical_blank_sends_an_msi_again_after_it_is_acknowledged() throws Exception {
        try (GpuServer server = listen();
                UnixSocket client = UnixSocket.connect(directory.resolve("gpu"));
                EventFd event = EventFd.create()) {
            send(client, new Version(0, 0, Optional.empty()));
            write(client, VirtualIgd.CONFIG, 0xac, 0x1_0000);
            enableVerticalBlank(client, IrqInfo.MSI, event);
            assertThat(arrives(event)).isTrue();
            write(client, 0, IIR, 1);
            assertThat(arrives(event)).isTrue();
            assertThat(server.failure()).isEmpty();
        }
    }

    private GpuServer listen() throws IOException {
        return GpuServer.listen(IgdModel.of(PciId.intel(0x3e92)), directory.resolve("gpu"), false);
    }

    /// Starts pipe A and enables its vertical blank interrupt.
    private static void enableVerticalBlank(UnixSocket client, int kind, EventFd event)
            throws IOException {
        send(
                client,
                new SetIrqs(kind, 0, 1, SetIrqs.Action.TRIGGER, new SetIrqs.Data.EventFd(true)),
                event.descriptor());
        write(client, 0, 0x70008, 1L << 31);
        write(client, 0, IIR + 4, 1);
        write(client, 0, 0x44200, 1L << 31);
    }

    private static void write(UnixSocket client, int region, long offset, long value)
            throws IOException {
        send(client, new RegionWrite(offset, region, new Emitter().u32(value).toImage()));
    }

    private static void send(UnixSocket client, Request request, Descriptor... descriptors)
            throws IOException {
        client.send(Header.command(1, request), List.of(descriptors));
        Header reply = Header.read(client.receive(Header.SIZE));
        assertThat(reply.error()).isZero();
        client.receive(reply.bodySize());
    }

    private static boolean arrives(EventFd event) throws Exception {
        for (int waited = 0; waited < TIMEOUT_MILLIS; waited += 10) {
            if (event.drain() > 0) {
                return true;
            }
            Thread.sleep(10);
        }
        return false;
    }
}
