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

/// The files of a machine in its folder, and the devices at their sockets.
record MachineFiles(List<GpuServer> gpus, LogSocket log) {
    MachineFiles {
        gpus = List.copyOf(gpus);
    }

    static MachineFiles set(TestMachine setting, Emulator emulator, Scratch scratch)
            throws IOException {
        write(scratch, QemuCommand.ROM, setting.rom().bytes());
        write(scratch, QemuCommand.OPREGION, setting.opRegion());
        write(scratch, QemuCommand.PRESET, setting.preset());
        write(scratch, QemuCommand.STOLEN_SIZE, number(setting.stolenSize()));
        write(scratch, QemuCommand.STOLEN_BASE, number(setting.stolenBase()));
        Files.copy(emulator.firmware().vars(), scratch.file(QemuCommand.VARIABLES));
        List<GpuServer> gpus = new ArrayList<>();
        for (int i = 0; i < setting.gpus().size(); i++) {
            gpus.add(
                    scratch.own(
                            GpuServer.listen(
                                    setting.gpus().get(i),
                                    scratch.file(QemuCommand.gpuSocket(i)))));
        }
        if (setting.lpc().isPresent()) {
            LpcBridge bridge = new LpcBridge(setting.lpc().get(), 0);
            scratch.own(Server.listen(scratch.file(QemuCommand.LPC), bridge, Map.of()));
        }
        return new MachineFiles(gpus, scratch.own(LogSocket.listen(scratch.file(QemuCommand.LOG))));
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
            // A full disk is said without the file's name.
            throw new FileSystemException(scratch.file(name).toString(), null, e.getMessage());
        }
    }
}
