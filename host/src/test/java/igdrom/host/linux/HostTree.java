package igdrom.host.linux;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.host.Snapshot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A made-up Coffee Lake board: the files that a snapshot is read from.
public final class HostTree {
    static final long ASLS = 0x8d00_0000L;

    private final Path root;

    public HostTree(Path root) {
        this.root = root;
    }

    public static Image vbt() {
        Emitter out = new Emitter();
        new VbtBuilder("COFFEELAKE", 228)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(out);
        return out.toImage();
    }

    public static Image opRegion() {
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt()).write(out);
        return out.toImage();
    }

    public static Image config() {
        Emitter out = new Emitter().u16(0x8086).u16(0x3e92).fillTo(8, 0).u8(0).u24(0x030000);
        out.fillTo(0x50, 0).u16(0x02c1).fillTo(0x5c, 0).u32(0x8d80_0001L);
        return out.fillTo(0xfc, 0).u32(ASLS).fillTo(0x1000, 0xee).toImage();
    }

    public HostTree functions() throws IOException {
        function("0000:00:00.0", "0x3ec2", "0x060000", Image.ofHex("8680c23e"));
        function("0000:00:02.0", "0x3e92", "0x030000", config());
        function("0000:00:1f.0", "0xa304", "0x060100", Image.ofHex("868004a3"));
        return this;
    }

    public HostTree function(String address, String device, String classCode, Image config)
            throws IOException {
        String directory = "sys/bus/pci/devices/" + address + "/";
        write(directory + "vendor", "0x8086\n");
        write(directory + "device", device + "\n");
        write(directory + "class", classCode + "\n");
        write(directory + "revision", "0x0a\n");
        write(directory + "subsystem_vendor", "0x1462\n");
        write(directory + "subsystem_device", "0x7b17\n");
        return bytes(directory + "config", config);
    }

    public HostTree debugFiles() throws IOException {
        bytes("sys/kernel/debug/dri/0/i915_opregion", opRegion());
        return bytes("sys/kernel/debug/dri/0/i915_vbt", vbt());
    }

    public HostTree iomem(String line) throws IOException {
        return write("proc/iomem", "00000000-00000fff : Reserved\n" + line + "\nfed00000-ff : x\n");
    }

    /// Adds `bytes` at `address` of physical memory, after a hole.
    public HostTree memory(long address, Image bytes) throws IOException {
        Files.createDirectories(root.resolve("dev"));
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("dev/mem").toFile(), "rw")) {
            file.seek(address);
            file.write(bytes.toByteArray());
        }
        return this;
    }

    /// Adds every file that is read, of a host with Proxmox whose IGD still has its driver.
    public HostTree everything() throws IOException {
        functions().debugFiles();
        String igd = "sys/bus/pci/devices/0000:00:02.0/";
        write(
                "proc/iomem",
                """
                00000000-00000fff : Reserved
                80000000-8d7fffff : System RAM
                8d800000-917fffff : Graphics Stolen Memory
                a0000000-dfffffff : PCI Bus 0000:00
                  a0000000-afffffff : 0000:00:02.0
                    a0000000-a07e8fff : BOOTFB
                      a0000000-a07e8fff : simpledrm
                  b0000000-b0ffffff : 0000:00:02.0
                """);
        write(igd + "driver", "../../../bus/pci/drivers/i915");
        write(igd + "driver_override", "(null)\n");
        write(igd + "iommu_group", "../../../kernel/iommu_groups/0");
        write(
                igd + "resource",
                """
                0x00000000b0000000 0x00000000b0ffffff 0x0000000000140204
                0x0000000000000000 0x0000000000000000 0x0000000000000000
                0x00000000a0000000 0x00000000afffffff 0x000000000014220c
                0x0000000000000000 0x0000000000000000 0x0000000000000000
                0x0000000000003000 0x000000000000303f 0x0000000000040101
                0x0000000000000000 0x0000000000000000 0x0000000000000000
                0x00000000000c0000 0x00000000000dffff 0x0000000000000212
                """);
        write(igd + "boot_vga", "1\n");
        write(igd + "reset_method", "flr pm\n");
        write(igd + "power_state", "D0\n");
        write(igd + "d3cold_allowed", "1\n");
        write(igd + "sriov_totalvfs", "7\n");
        write(igd + "sriov_numvfs", "0\n");
        write(igd + "simple-framebuffer.0/uevent", "DRIVER=simple-framebuffer\n");
        write(igd + "drm/card0/card0-HDMI-A-1/status", "connected\n");
        bytes(igd + "drm/card0/card0-HDMI-A-1/edid", edid("SERIAL-5678"));
        write(igd + "drm/card0/card0-DP-1/status", "disconnected\n");
        write(igd + "drm/renderD128/dev", "226:128\n");
        process(1, "systemd", "/dev/null");
        process(812, "Xorg", "socket:[1234]", "/dev/dri/card0", "/dev/dri/card0");
        process(1456, "firefox", "/dev/dri/renderD128", "/dev/dri/card1");
        function("0000:00:1f.3", "0xa348", "0x040300", Image.ofHex("868048a3"));
        function("0000:00:02.1", "0x3e92", "0x030000", Image.ofHex("8680923e"));
        write("sys/bus/pci/devices/0000:00:02.1/physfn", "../0000:00:02.0");
        String unit = "sys/class/iommu/dmar0/";
        write(unit + "intel-iommu/address", "fed90000\n");
        write(unit + "intel-iommu/cap", "1c0000c40660462\n");
        write(unit + "intel-iommu/ecap", "19e2ff0505e\n");
        write(unit + "devices/0000:00:02.0", "../../../../pci0000:00/0000:00:02.0");
        write("sys/kernel/iommu_groups/0/devices/0000:00:02.0", "../../../../x");
        write(
                "sys/kernel/iommu_groups/0/reserved_regions",
                """
                0x000000008d000000 0x00000000917fffff direct-relaxable
                0x00000000fee00000 0x00000000feefffff msi
                """);
        write("sys/kernel/iommu_groups/10/devices/0000:00:1f.3", "../../../../x");
        write("sys/kernel/iommu_groups/10/reserved_regions", "");
        bytes("sys/firmware/acpi/tables/DMAR", dmar());
        bytes("sys/firmware/acpi/tables/DSDT", table("DSDT", "ALASKA", "A M I", "Name(GFX0)"));
        bytes("sys/firmware/acpi/tables/SSDT1", table("SSDT", "OptRef", "OptTabl", "GFX0._ROM"));
        bytes("sys/firmware/acpi/tables/MCFG", mcfg());
        write("sys/firmware/acpi/tables/dynamic/SSDT9", "SSDT");
        write("sys/class/vtconsole/vtcon0/name", "(S) dummy device\n");
        write("sys/class/vtconsole/vtcon0/bind", "0\n");
        write("sys/class/vtconsole/vtcon1/name", "(M) frame buffer device\n");
        write("sys/class/vtconsole/vtcon1/bind", "1\n");
        write("sys/firmware/acpi/bgrt/status", "1\n");
        write("sys/firmware/efi/fw_platform_size", "64\n");
        String variables = "sys/firmware/efi/efivars/";
        String global = "-8be4df61-93ca-11d2-aa0d-00e098032b8c";
        bytes(variables + "SecureBoot" + global, Image.ofHex("0600000001"));
        bytes(variables + "ConOut" + global, conOut("00:11:22:33:44:55"));
        bytes(
                variables + "LoaderInfo-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f",
                Image.join(List.of(Image.ofHex("06000000"), Image.ofUtf16("systemd-boot 252.39"))));
        write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
        write("sys/class/dmi/id/sys_vendor", "Micro-Star International Co., Ltd.\n");
        write("sys/class/dmi/id/product_name", "MS-7B17\n");
        write("sys/class/dmi/id/board_name", "MPG Z390 GAMING EDGE AC (MS-7B17)\n");
        write("sys/class/dmi/id/bios_version", "A.80\n");
        write("sys/class/dmi/id/bios_date", "08/26/2019\n");
        write("sys/class/mtd/mtd0/name", "BIOS\n");
        write("sys/module/vfio_pci/parameters/disable_vga", "Y\n");
        write(
                "etc/modprobe.d/vfio.conf",
                """
                # the graphics
                options vfio-pci ids=8086:3e92 \\
                    disable_vga=1
                blacklist  i915
                options bonding mode=1
                """);
        write("dev/vfio/vfio", "");
        write("proc/sys/kernel/osrelease", "6.8.12-1-pve\n");
        write(
                "proc/cmdline",
                "initrd=\\EFI\\proxmox\\6.8.12-1-pve\\initrd.img-6.8.12-1-pve"
                        + " root=ZFS=rpool/ROOT/pve-1 intel_iommu=on quiet\n");
        write(
                "boot/config-6.8.12-1-pve",
                "# CONFIG_SYSFB_SIMPLEFB is not set\nCONFIG_VFIO_PCI_IGD=y\nCONFIG_DRM_I915=m\n");
        write("proc/modules", "i915 4284416 1 - Live 0x0000000000000000\nkvm 1 0 - Live 0x0\n");
        write(
                "dmesg.txt",
                """
                [    0.000000] Linux version 6.8.12-1-pve (build@proxmox) #1 SMP
                [    0.000000] efi: EFI v2.7 by American Megatrends
                [    0.000000] secureboot: Secure boot enabled
                [    1.000000] usb 1-1: New USB device found
                [    2.000000] pci 0000:00:02.0: vgaarb: setting as boot VGA device
                """);
        write(
                "proc/cpuinfo",
                """
                processor\t: 0
                cpu family\t: 6
                model\t\t: 158
                model name\t: Intel(R) Core(TM) i5-8500 CPU @ 3.00GHz
                stepping\t: 10
                flags\t\t: fpu vme vmx
                address sizes\t: 39 bits physical, 48 bits virtual

                processor\t: 1
                model\t\t: 1
                """);
        write("etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n");
        write("etc/kernel/proxmox-boot-uuids", "1234-ABCD\n");
        write("run/udev/control", "");
        write(
                "usr/bin/qemu-system-x86_64",
                "\u007fELF\0QEMU emulator version 9.0.2 (pve-qemu)\0"
                        + "x-igd-opregion\0etc/igd-bdsm-size\0x-igd-gms is not\0my-igd-x\0x");
        write("usr/lib/x86_64-linux-gnu/libvirt.so.0", "libvirt.so.0.9000.0");
        write(
                "usr/share/perl5/PVE/pvecfg.pm",
                "package PVE::pvecfg;\nsub version {\n    return '8.2.4';\n}\n");
        return write("usr/share/pve-edk2-firmware/OVMF_CODE_4M.secboot.fd", "");
    }

    /// Adds a process with open files.
    public HostTree process(int number, String program, String... files) throws IOException {
        String directory = "proc/" + number + "/";
        for (int i = 0; i < files.length; i++) {
            write(directory + "fd/" + i, files[i]);
        }
        return write(directory + "comm", program + "\n");
    }

    /// Takes a file, or a directory with all that is in it, away.
    public void delete(String path) throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve(path))) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static Image dmar() {
        Emitter out = new Emitter().image(Image.ofAscii("DMAR")).u32(48 + 24 + 32);
        out.u8(1).u8(0).fillTo(36, 0x20).u8(38).fillTo(48, 0);
        out.u16(0).u16(24).u8(0).u8(0).u16(0).u64(0xfed9_0000L);
        out.u8(1).u8(8).u16(0).u8(0).u8(0).u8(2).u8(0);
        out.u16(1).u16(32).u16(0).u16(0).u64(0x8d00_0000L).u64(0x917f_ffffL);
        return out.u8(1).u8(8).u16(0).u8(0).u8(0).u8(2).u8(0).toImage();
    }

    /// A table with code, of which a text stands for the code.
    static Image table(String signature, String maker, String name, String code) {
        Emitter out = new Emitter().image(Image.ofAscii(signature)).u32(36 + code.length());
        out.fillTo(10, 2).image(Image.ofAscii(maker)).fillTo(16, 0);
        return out.image(Image.ofAscii(name)).fillTo(36, 0).image(Image.ofAscii(code)).toImage();
    }

    static Image mcfg() {
        Emitter out = new Emitter().image(Image.ofAscii("MCFG")).u32(60).fillTo(44, 0);
        return out.u64(0xe000_0000L).u16(0).u8(0).u8(255).u32(0).toImage();
    }

    static Image edid(String serial) {
        Emitter out = new Emitter().image(Image.ofHex("00ffffffffffff00")).fillTo(12, 0x11);
        out.u32(0x1234_5678).fillTo(54, 0x22);
        out.u24(0).u8(0xff).u8(0).image(Image.ofAscii(serial)).u8('\n').fillTo(72, ' ');
        out.fillTo(127, 1);
        Image block = out.toImage();
        out.u8(-block.sum8() & 0xff);
        return out.fillTo(256, 0x33).toImage();
    }

    /// The consoles of a firmware: the graphics, and a network card.
    static Image conOut(String mac) {
        Emitter out = new Emitter().u32(7);
        out.u8(2).u8(1).u16(12).u32(0x0a03_41d0).u32(0);
        out.u8(1).u8(1).u16(6).u8(0).u8(2);
        out.u8(2).u8(3).u16(8).u32(0x8001_0100L);
        out.u8(0x7f).u8(1).u16(4);
        out.u8(1).u8(1).u16(6).u8(6).u8(0x1f);
        out.u8(3).u8(11).u16(37);
        for (String pair : mac.split(":", -1)) {
            out.u8(Integer.parseInt(pair, 16));
        }
        return out.fillTo(4 + 12 + 6 + 8 + 4 + 6 + 37, 0).u8(0x7f).u8(0xff).u16(4).toImage();
    }

    public HostTree write(String path, String text) throws IOException {
        return bytes(path, Image.ofAscii(text));
    }

    public HostTree bytes(String path, Image image) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, image.toByteArray());
        return this;
    }

    public Snapshot snapshot() {
        return new HostReader(HostRoot.of(root)).read("a test");
    }
}
