package igdrom.bench;

import igdrom.bytes.Image;
import igdrom.fetch.Environment;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/// How much memory the firmware keeps from the operating system in a guest whose GPU has no ROM.
///
/// It depends on QEMU, firmware, machine type and memory size only, so it is measured once for each
/// of them and kept in igdrom's own directory.
final class MemoryBaseline {
    /// Changes when the meaning of the kept number does.
    private static final String FORMAT = "igdrom memory baseline 1";

    private static final String DIRECTORY = "baselines";
    private static final int NAME_DIGITS = 32;
    private static final int MAX_DIGITS = 18;

    private final TestMachine machine;
    private final Emulator emulator;
    private final Path file;

    private MemoryBaseline(TestMachine machine, Emulator emulator, Path directory)
            throws IOException {
        this.machine = machine;
        this.emulator = emulator;
        this.file = directory.resolve(key(machine, emulator).sha256().substring(0, NAME_DIGITS));
    }

    /// The baseline of a machine, kept in igdrom's own directory. It reads the firmware: there is
    /// time for that while a guest boots.
    static MemoryBaseline of(TestMachine machine, Emulator emulator) throws IOException {
        return in(Environment.ofMachine().directory().resolve(DIRECTORY), machine, emulator);
    }

    /// The same with another directory.
    static MemoryBaseline in(Path directory, TestMachine machine, Emulator emulator)
            throws IOException {
        return new MemoryBaseline(machine, emulator, directory);
    }

    /// The bytes that the firmware keeps; empty when they are not known and cannot be measured.
    ///
    /// @param seconds time limit of a measurement
    OptionalLong bytes(int seconds) throws IOException {
        OptionalLong kept = read(file);
        if (kept.isPresent()) {
            return kept;
        }
        Outcome bare = Bench.run(withoutRom(), emulator, seconds);
        if (bare.seen().looks().isEmpty() || bare.verdict().interruption() != null) {
            return OptionalLong.empty();
        }
        long bytes = bare.seen().looks().getFirst().witness().memory().keptBytes();
        write(bytes);
        return OptionalLong.of(bytes);
    }

    /// Everything on which the number depends.
    private static Image key(TestMachine machine, Emulator emulator) throws IOException {
        StringJoiner key = new StringJoiner("\n");
        key.add(FORMAT);
        key.add(emulator.qemu().version()).add(emulator.qemu().origin());
        key.add(Image.load(emulator.firmware().code()).sha256());
        key.add(Image.load(emulator.firmware().vars()).sha256());
        key.add(machine.type().qemuName()).add(Integer.toString(machine.memoryMiB()));
        key.add(Integer.toString(machine.gpus().size()));
        key.add(machine.lpc().isPresent() ? "lpc" : "no lpc");
        return Image.of(key.toString().getBytes(StandardCharsets.UTF_8));
    }

    private TestMachine withoutRom() {
        RomContents none =
                new RomContents(
                        Image.EMPTY,
                        machine.rom().ids(),
                        machine.rom().classCode(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        TestMachine.Builder bare =
                TestMachine.builder(none, machine.gpus().getFirst(), machine.type())
                        .memory(machine.memoryMiB())
                        .gpus(machine.gpus().toArray(IgdModel[]::new));
        machine.lpc().ifPresent(bare::lpc);
        return bare.build();
    }

    private static OptionalLong read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return text.matches("[0-9]{1," + MAX_DIGITS + "}")
                    ? OptionalLong.of(Long.parseLong(text))
                    : OptionalLong.empty();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    private void write(long bytes) {
        Path directory = Objects.requireNonNull(file.getParent());
        try {
            Files.createDirectories(directory);
            Path unfinished = Files.createTempFile(directory, ".unfinished-", "");
            Files.writeString(unfinished, bytes + "\n", StandardCharsets.US_ASCII);
            Files.move(
                    unfinished,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException _) {
            // It is measured again the next time.
        }
    }
}
