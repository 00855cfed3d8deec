package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which devices the driver takes for those it sets up, by their ids and class.
class FoundDeviceTest {
    private static final String QUESTIONS =
            """
            #include <stdio.h>
            #include "driver.c"

            void claim_preset(Setup *setup) { (void) setup; }
            void setup_stolen(Setup *setup) { (void) setup; }
            void setup_opregion(Setup *setup) { (void) setup; }
            void setup_policy(Setup *setup) { (void) setup; }
            void setup_display_state(Setup *setup) { (void) setup; }
            void undo_stolen(Setup *setup) { (void) setup; }
            void undo_opregion(Setup *setup) { (void) setup; }
            void undo_policy(Setup *setup) { (void) setup; }
            EFI_STATUS withdraw_policy(Setup *setup) { (void) setup; return EFI_SUCCESS; }
            void offer_policy_again(Setup *setup) { (void) setup; }
            FwCfg fwcfg;
            void fwcfg_probe(void) {}
            ReportScope report_begin(uint8_t log) { (void) log; return (ReportScope){}; }
            ReportScope report_open(void) { return (ReportScope){}; }
            void report_close(ReportScope *scope) { (void) scope; }
            void report_step(Step step, Outcome outcome, EFI_STATUS status, uint64_t value, uint64_t detail) {
                    (void) step;
                    (void) outcome;
                    (void) status;
                    (void) value;
                    (void) detail;
            }

            static uint32_t header[3];
            static EFI_STATUS EFIAPI read(EFI_PCI_IO_PROTOCOL *pci, EFI_PCI_IO_WIDTH width, uint32_t offset, size_t count, void *to) {
                    (void) pci;
                    (void) width;
                    (void) offset;
                    memcpy(to, header, count * 4);
                    return EFI_SUCCESS;
            }
            static EFI_PCI_IO_PROTOCOL pci_io = { .PciRead = read };
            static EFI_STATUS EFIAPI handle_protocol(EFI_HANDLE handle, const EFI_GUID *guid, void **ret_protocol) {
                    (void) handle;
                    (void) guid;
                    *ret_protocol = &pci_io;
                    return EFI_SUCCESS;
            }
            static void try(uint32_t vendor, uint32_t device, uint32_t class) {
                    Device found;
                    header[0] = device << 16 | vendor;
                    header[2] = class << 16;
                    own_location = 0x10;
                    bool in_rom = find_device(NULL, &found) == EFI_SUCCESS;
                    own_location = ANYWHERE;
                    printf("%04x:%04x class %04x: ROM %d, shell %d\\n", vendor, device, class, in_rom,
                           find_device(NULL, &found) == EFI_SUCCESS);
            }
            int main(void) {
                    EFI_BOOT_SERVICES services = { .HandleProtocol = handle_protocol };
                    BS = &services;
                    try(0x8086, 0x3e92, 0x0300);
                    try(0x8086, 0x46a6, 0x0380);
                    try(0x8086, 0x56a0, 0x0300);
                    try(0x8086, 0xffff, 0x0380);
                    try(0x8086, 0x3e92, 0x0200);
                    try(0x10de, 0x3e92, 0x0300);
                    rom_data = &(RomData){ .treat_as = 0x46a6 };
                    try(0x8086, 0x56a0, 0x0300);
                    return 0;
            }
            """;

    @TempDir Path directory = Path.of("");

    /// 56a0 is a graphics card, which the shell's user did not name.
    @Test
    void driver_from_the_shell_takes_only_known_integrated_gpus() throws Exception {
        HostedC hosted = HostedC.in(directory);
        Path program = hosted.compile(List.of("generation.c", "rom_data.c", "crc32.c"), QUESTIONS);
        assertThat(hosted.run(List.of(program.toString())))
                .containsExactly(
                        "8086:3e92 class 0300: ROM 1, shell 1",
                        "8086:46a6 class 0380: ROM 1, shell 1",
                        "8086:56a0 class 0300: ROM 1, shell 0",
                        "8086:ffff class 0380: ROM 1, shell 0",
                        "8086:3e92 class 0200: ROM 0, shell 0",
                        "10de:3e92 class 0300: ROM 0, shell 0",
                        "8086:56a0 class 0300: ROM 1, shell 0");
    }
}
