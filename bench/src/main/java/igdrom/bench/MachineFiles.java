package igdrom.bench;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.vfiouser.server.Server;
import igdrom.virtualigd.LpcBridge;
import java.io.IOException;
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
        write(scratch, QemuCommand.STOLEN_SIZE, number(machine.stolenSize()));
        write(scratch, QemuCommand.STOLEN_BASE, number(machine.stolenBase()));
        GuestRam ram = scratch.own(GuestRam.create(machine, Expectations.of(machine)));
        Files.createSymbolicLink(scratch.file(QemuCommand.RAM), ram.path());
        Files.copy(emulator.firmware().vars(), scratch.file(QemuCommand.VARIABLES));
        List<GpuServer> gpus = new ArrayList<>();
        for (int i = 0; i < machine.gpus().size(); i++) {
            gpus.add(
                    scratch.own(
                            GpuServer.listen(
                                    machine.gpus().get(i),
                                    scratch.file(QemuCommand.gpuSocket(i)))));
        }
        if (machine.lpc().isPresent()) {
            LpcBridge bridge = new LpcBridge(machine.lpc().get(), 0);
            scratch.own(Server.listen(scratch.file(QemuCommand.LPC), bridge, Map.of()));
        }
        return new MachineFiles(
                ram, gpus, scratch.own(LogSocket.listen(scratch.file(QemuCommand.LOG))));
    }

    private static Image number(long value) {
        return value == 0 ? Image.EMPTY : new Emitter().u64(value).toImage();
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
