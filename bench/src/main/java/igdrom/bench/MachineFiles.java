package igdrom.bench;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.vfiouser.server.Server;
import igdrom.virtualigd.LpcBridge;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The files of a machine in its scratch directory, its memory, and its devices, listening on their
/// sockets.
record MachineFiles(GuestRam ram, List<GpuServer> gpus, LogSocket log) {
    MachineFiles {
        gpus = List.copyOf(gpus);
    }

    static MachineFiles create(TestMachine machine, Emulator emulator, Scratch scratch)
            throws IOException {
        write(scratch, QemuCommand.ROM, machine.rom().bytes());
        write(scratch, QemuCommand.OPREGION, machine.opRegion());
        write(scratch, QemuCommand.PRESET, machine.preset());
        if (machine.stolenSize().isPresent()) {
            write(scratch, QemuCommand.STOLEN_SIZE, number(machine.stolenSize().getAsLong()));
        }
        if (machine.stolenBase() != 0) {
            write(scratch, QemuCommand.STOLEN_BASE, number(machine.stolenBase()));
        }
        GuestRam ram = scratch.own(GuestRam.create(machine, Expectations.of(machine)));
        Files.createSymbolicLink(scratch.file(QemuCommand.RAM), ram.path());
        Files.copy(emulator.firmware().vars(), scratch.file(QemuCommand.VARIABLES));
        List<GpuServer> gpus = new ArrayList<>();
        for (int i = 0; i < machine.gpus().size(); i++) {
            gpus.add(
                    scratch.own(
                            GpuServer.listen(
                                    machine.gpus().get(i),
                                    scratch.file(QemuCommand.gpuSocket(i)),
                                    mapsPageTable(machine))));
        }
        if (machine.lpc().isPresent()) {
            LpcBridge bridge = new LpcBridge(machine.lpc().get(), 0);
            scratch.own(Server.listen(scratch.file(QemuCommand.LPC), bridge, Map.of()));
        }
        LogSocket log = LogSocket.listen(scratch.file(QemuCommand.LOG), LogSocket.DRIVER_LINES);
        return new MachineFiles(ram, gpus, scratch.own(log));
    }

    /// The EFI program that looks from inside the guest.
    static Image witness() throws IOException {
        try (InputStream in = MachineFiles.class.getResourceAsStream(QemuCommand.WITNESS)) {
            if (in == null) {
                throw new IllegalStateException("this build contains no witness");
            }
            return Image.of(in.readAllBytes());
        }
    }

    /// Whether a GOP fills the page table, and each of its entries need not be seen: the page table
    /// may not lead to the host's memory, holds nothing yet, and only the GOP writes to it.
    private static boolean mapsPageTable(TestMachine machine) {
        RomData data = machine.rom().data();
        return machine.rom().gop().isPresent()
                && !data.clearsDisplayState()
                && machine.gpus().stream()
                        .noneMatch(model -> model.host().raw() || model.host().dirty());
    }

    private static Image number(long value) {
        return new Emitter().u64(value).toImage();
    }

    static void write(Scratch scratch, String name, Image image) throws IOException {
        if (image.isEmpty()) {
            return;
        }
        try (OutputStream out = Files.newOutputStream(scratch.file(name))) {
            image.writeTo(out);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            // The JDK's message for a full disk does not name the file.
            throw new FileSystemException(scratch.file(name).toString(), null, e.getMessage());
        }
    }
}
