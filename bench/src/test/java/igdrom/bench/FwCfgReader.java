package igdrom.bench;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/// Reads QEMU's fw_cfg through its ports, as the firmware of a guest does, but without a guest.
///
/// Source: QEMU, docs/specs/fw_cfg.rst; system/qtest.c for the commands.
final class FwCfgReader implements AutoCloseable {
    private static final Location DIRECTORY = Location.root("fw_cfg directory");
    private static final int DIRECTORY_KEY = 0x19;
    private static final int ENTRY_SIZE = 64;

    private final Process qemu;
    private final Writer commands;
    private final BufferedReader replies;

    private FwCfgReader(Process qemu) {
        this.qemu = qemu;
        this.commands = qemu.outputWriter();
        this.replies = qemu.inputReader();
    }

    static FwCfgReader of(Emulator emulator, String machine, int memoryMiB) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-machine", machine, "-accel", "tcg"));
        arguments.addAll(List.of("-m", Integer.toString(memoryMiB), "-S", "-nodefaults"));
        // A processor of Intel, since QEMU reserves a range of addresses for those of AMD.
        arguments.addAll(List.of("-cpu", "Nehalem"));
        arguments.addAll(List.of("-display", "none", "-qtest", "stdio", "-qtest-log", "none"));
        ProcessBuilder builder = emulator.start(arguments);
        return new FwCfgReader(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /// The bytes of a file.
    Image file(String name) throws IOException {
        select(DIRECTORY_KEY);
        Image count = bytes(4);
        long files = (long) count.u8(2) << 8 | count.u8(3);
        Cursor in = new Cursor(bytes(files * ENTRY_SIZE), DIRECTORY);
        while (in.remaining() > 0) {
            Image entry = in.image("entry", ENTRY_SIZE);
            String found = entry.from(8).latin1();
            if (found.substring(0, found.indexOf('\0')).equals(name)) {
                select(entry.u8(4) << 8 | entry.u8(5));
                return bytes(
                        (long) entry.u8(0) << 24
                                | entry.u8(1) << 16
                                | entry.u8(2) << 8
                                | entry.u8(3));
            }
        }
        throw new IOException("fw_cfg has no file " + name);
    }

    private void select(int key) throws IOException {
        ask("outw 0x510 0x%x".formatted(key));
    }

    private Image bytes(long count) throws IOException {
        Emitter out = new Emitter();
        for (long i = 0; i < count; i++) {
            String reply = ask("inb 0x511");
            out.u8(Integer.decode(reply.substring("OK ".length())));
        }
        return out.toImage();
    }

    private String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String reply = replies.readLine();
        if (reply == null || !reply.startsWith("OK")) {
            throw new IOException(command + ": QEMU answers " + reply);
        }
        return reply;
    }

    @Override
    public void close() {
        qemu.destroyForcibly();
    }
}
