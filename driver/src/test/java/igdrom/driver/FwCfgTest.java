package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The driver's reader of fw_cfg on a device made of variables, which counts accesses: each is an
/// exit to the hypervisor.
class FwCfgTest {
    private static final Path SOURCE = HostedC.DRIVER.resolve("src/main/c/fwcfg.c");

    /// Replaces the header of the same name.
    private static final String PORTS =
            """
            #pragma once
            #include "base.h"
            uint8_t port_in8(uint16_t port);
            void port_out16(uint16_t port, uint16_t value);
            void port_out32(uint16_t port, uint32_t value);
            """;

    private static final String QUESTIONS =
            """
            #include <stdio.h>
            #include <stdlib.h>
            #include "fwcfg.c"

            #define FILES 19

            static bool offers_dma, dma_fails;
            static uint8_t served[4 + FILES * FWCFG_ENTRY_SIZE];
            static uint16_t selected;
            static size_t position;
            static unsigned reads, transfers;
            static uint32_t high;

            static uint8_t next_byte(void) {
                    size_t at = position++;
                    switch (selected) {
                    case KEY_SIGNATURE:
                            return at < 4 ? (uint8_t) "QEMU"[at] : 0;
                    case KEY_ID:
                            return at == 0 ? (offers_dma ? 3 : 1) : 0;
                    case KEY_DIRECTORY:
                            return at < sizeof served ? served[at] : 0;
                    case 0x20 + FILES - 1:
                            return (uint8_t) (at + 1);
                    }
                    return 0;
            }
            uint8_t port_in8(uint16_t port) {
                    reads++;
                    return port == DATA ? next_byte() : 0xff;
            }
            void port_out16(uint16_t port, uint16_t value) {
                    if (port != SELECTOR)
                            exit(1);
                    selected = value;
                    position = 0;
            }
            void port_out32(uint16_t port, uint32_t value) {
                    if (!offers_dma)
                            exit(1);
                    if (port == DMA_HIGH) {
                            high = to_be32(value);
                            return;
                    }
                    uint8_t *access = (uint8_t *) (uintptr_t) ((uint64_t) high << 32 | to_be32(value));
                    uint32_t control = to_be32(read_u32(access));
                    uint8_t *bytes = (uint8_t *) (uintptr_t) __builtin_bswap64(read_u64(access + 8));
                    transfers++;
                    if (dma_fails) {
                            write_u32(access, to_be32(DMA_ERROR));
                            return;
                    }
                    if (control & DMA_SELECT) {
                            selected = (uint16_t) (control >> 16);
                            position = 0;
                    }
                    for (uint32_t left = to_be32(read_u32(access + 4)); left > 0; left--)
                            *bytes++ = next_byte();
                    write_u32(access, 0);
            }
            static void try(const char *name) {
                    uint64_t number = 0;
                    reads = transfers = 0;
                    fwcfg_probe();
                    FwCfgFile first = fwcfg_find("etc/first"), none = fwcfg_find("etc/none");
                    unsigned directory_reads = reads, directory_transfers = transfers;
                    bool found = fwcfg_number("etc/last", &number);
                    bool empty = fwcfg_number("etc/first", &number);
                    printf("%s: %u files, first %x, none %x, last %d 0x%llx, empty %d, %u bytes and %u transfers for the directory\\n",
                           name, fwcfg.files, first.selector, none.selector, found, (unsigned long long) number, empty,
                           directory_reads, directory_transfers);
            }

            int main(void) {
                    served[3] = FILES;
                    for (unsigned i = 0; i < FILES; i++) {
                            uint8_t *entry = served + 4 + i * FWCFG_ENTRY_SIZE;
                            entry[3] = i == FILES - 1 ? 3 : 0;
                            entry[5] = (uint8_t) (0x20 + i);
                            strcpy((char *) entry + 8, i == 0 ? "etc/first" : i == FILES - 1 ? "etc/last" : "etc/other");
                    }
                    try("ports");
                    offers_dma = true;
                    try("DMA");
                    dma_fails = true;
                    try("failing DMA");
                    served[2] = 4;
                    served[3] = 1;
                    try("too many files");
                    return 0;
            }
            """;

    @TempDir Path directory = Path.of("");

    @Test
    void directory_is_read_once_and_by_dma_where_that_is_offered() throws Exception {
        HostedC hosted = HostedC.in(directory);
        Files.copy(SOURCE, directory.resolve("fwcfg.c"));
        Files.writeString(directory.resolve("ports.h"), PORTS);
        Path program = hosted.compile(List.of("fwcfg_directory.c"), QUESTIONS);
        String files = "19 files, first 20, none 0, last 1 0x30201, empty 0, ";
        String after = " for the directory";
        assertThat(hosted.run(List.of(program.toString())))
                .containsExactly(
                        "ports: " + files + "1232 bytes and 0 transfers" + after,
                        "DMA: " + files + "12 bytes and 1 transfers" + after,
                        "failing DMA: " + files + "1232 bytes and 1 transfers" + after,
                        "too many files: 0 files, first 0, none 0, last 0 0x0, empty 0, 12 bytes"
                                + " and 0 transfers"
                                + after);
    }
}
