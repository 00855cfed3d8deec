package igdrom.bench;

import igdrom.bench.FalseDriver.Guest;
import igdrom.bench.FalseDriver.Patch;
import java.util.ArrayList;
import java.util.List;

/// False drivers, and the check of the bench that each has to fail.
///
/// Each does harm that a guest could hide: the first group leaves a guest that looks right.
final class FalseDrivers {
    private static final String DRIVER = "driver.c";
    private static final String OPREGION = "opregion_setup.c";
    private static final String STOLEN = "stolen_setup.c";
    private static final String POLICY = "policy.c";
    private static final String DISPLAY = "display_state.c";

    private static final String TAKE_HIGHEST =
            """
                    if (base != 0)
                            err = pages_allocate_at(EfiReservedMemoryType, base, size, &setup->stolen);
            """;

    private FalseDrivers() {}

    static List<FalseDriver> all() {
        List<FalseDriver> all = new ArrayList<>(thatLookRight());
        all.addAll(atExitBootServices());
        all.addAll(thatLookWrong());
        all.addAll(thatHarmTheHost());
        all.addAll(thatTouchTheDisplay());
        all.add(onVirtualFunction());
        return all;
    }

    /// What these leave in the guest's registers and memory is plausible.
    private static List<FalseDriver> thatLookRight() {
        return List.of(
                new FalseDriver(
                        "stolen memory on MMCONFIG, beside a GOP",
                        Guest.GOP,
                        "stolen.memory",
                        onMmconfig()),
                new FalseDriver(
                        "BDSM that is cleared once the policy is offered, beside a GOP",
                        Guest.GOP,
                        "gop.stolen",
                        List.of(
                                after(
                                        """
                                        config_write32(setup, setup->generation->bdsm, 0);
                                        config_write32(setup, setup->generation->bdsm + 4U, 0);
                                        """))),
                with(
                        "stolen memory that is never zeroed",
                        "stolen.zeroed",
                        patch(STOLEN, "memset(at_address(base), 0, size);", "")),
                with(
                        "writes to other registers of the config space",
                        "driver.writes",
                        after(
                                """
                                config_write32(setup, 0x54, 0x0000209b);
                                config_write32(setup, 0x60, 0x00020000);
                                config_write32(setup, 0xe8, 0x00000001);
                                config_write32(setup, 0x0c, config_read32(setup, 0x0c) | 0x10);
                                config_write32(setup, 0x3c, 0x0000010b);
                                """)),
                with(
                        "writes to registers of BAR0",
                        "driver.writes",
                        before(
                                """
                                static void write_mmio(Setup *setup, uint64_t offset, uint32_t value) {
                                        (void) setup->pci->MemWrite(setup->pci, EfiPciIoWidthUint32, 0, offset, 1, &value);
                                }
                                """),
                        after(
                                """
                                (void) setup->pci->Attributes(
                                        setup->pci, EfiPciIoAttributeOperationEnable, EFI_PCI_IO_ATTRIBUTE_MEMORY, NULL);
                                write_mmio(setup, 0x1082c0, 0x7ff00001);
                                write_mmio(setup, 0x45400, 0xffffffff);
                                write_mmio(setup, 0x941c, 1);
                                """)),
                new FalseDriver(
                        "writes to BDSM where the generation needs no stolen memory",
                        Guest.METEOR_LAKE,
                        "bdsm",
                        List.of(
                                after(
                                        """
                                        config_write32(setup, 0xc0, 0xdeadbeef);
                                        config_write32(setup, 0xc4, 0xdeadbeef);
                                        config_write32(setup, 0x5c, 0x80000000);
                                        """))),
                with(
                        "an OpRegion and ASLS one byte after a page",
                        "opregion.aligned",
                        patch(
                                OPREGION,
                                "pages_allocate(setup->asls_is_ours ? EfiACPIMemoryNVS :"
                                        + " EfiBootServicesData, plan->extent, &copy);",
                                "pages_allocate(EfiACPIMemoryNVS, plan->extent + 1, &copy);\n"
                                        + "        copy.base++;"),
                        patch(
                                OPREGION,
                                "memset(at_address(copy.base), 0, copy.count * PAGE_SIZE);",
                                "memset(at_address(copy.base), 0, plan->extent);")),
                with(
                        "all flag bits of BDSM set, the lock among them",
                        "bdsm.flags",
                        patch(
                                STOLEN,
                                "bdsm_write(setup, base);",
                                "bdsm_write(setup, base | 0xffffe);")),
                with(
                        "100 MiB of reserved memory that is never freed",
                        "memory.kept",
                        after(
                                """
                                EFI_PHYSICAL_ADDRESS leaked = 0;
                                (void) BS->AllocatePages(AllocateAnyPages, EfiReservedMemoryType, 25600, &leaked);
                                """)),
                with(
                        "a policy that gives a page more than the VBT",
                        "policy.vbt",
                        patch(POLICY, "*ret_size = vbt_length;", "*ret_size = vbt_length + 4096;")),
                with(
                        "a policy that gives 64 KiB",
                        "policy.vbt",
                        patch(POLICY, "*ret_size = vbt_length;", "*ret_size = 65536;")),
                with(
                        "a policy whose VBT is in unallocated memory",
                        "policy.memory",
                        patch(
                                POLICY,
                                "vbt_address = setup->vbt.base;",
                                "vbt_address = 0x10000000;\n"
                                        + "memcpy(at_address(vbt_address),"
                                        + " at_address(setup->vbt.base), size);")),
                new FalseDriver(
                        "a policy that gives the OpRegion's VBT though the ROM has one for the GOP",
                        Guest.POLICY_VBT,
                        "policy.vbt",
                        List.of(
                                patch(
                                        POLICY,
                                        "if (setup->data->parts[ROM_POLICY_VBT].size == 0)",
                                        "if (setup->data->parts[ROM_POLICY_VBT].size != 1)"))),
                new FalseDriver(
                        "ASLS that is written on an unknown device",
                        Guest.UNKNOWN,
                        "asls",
                        guessesTheGeneration()),
                new FalseDriver(
                        "BDSM that is written on an unknown device",
                        Guest.UNKNOWN,
                        "bdsm",
                        guessesTheGeneration()),
                new FalseDriver(
                        "a size of 0 that is taken for no size",
                        Guest.WITHOUT_BDSM,
                        "bdsm",
                        List.of(
                                patch(
                                        STOLEN,
                                        "if (is_offered && offered == 0) {",
                                        "if (false) {"))),
                new FalseDriver(
                        "a policy where the hypervisor offers no stolen memory",
                        Guest.WITHOUT_BDSM,
                        "policy.withheld",
                        List.of(
                                patch(
                                        POLICY,
                                        "needs_stolen(setup) && !setup->stolen_claimed",
                                        "false"))),
                with(
                        "a policy of an invalid revision",
                        "policy.revision",
                        patch(
                                POLICY,
                                ".Revision = PLATFORM_GOP_POLICY_REVISION",
                                ".Revision = 0xdeadbeef")),
                with(
                        "a lid that is reported the wrong way round",
                        "policy.lid",
                        patch(
                                POLICY,
                                "*ret_status = lid == LID_OPEN;",
                                "*ret_status = lid != LID_OPEN;")),
                with(
                        "a dock that is not there",
                        "policy.dock",
                        patch(POLICY, "dock == DOCK_DOCKED ?", "dock != DOCK_DOCKED ?")),
                with(
                        "a report with another VBT",
                        "report.true",
                        patch(
                                POLICY,
                                "report_step(STEP_VBT, source, EFI_SUCCESS, offset, size);",
                                "report_step(STEP_VBT, OUTCOME_FOUND, EFI_SUCCESS, offset + 16,"
                                        + " size + 16);")),
                with(
                        "a report with another size of stolen memory",
                        "report.true",
                        patch(
                                STOLEN,
                                "report_step(STEP_STOLEN_SIZE, source, EFI_SUCCESS, size, ggc);",
                                "report_step(STEP_STOLEN_SIZE, source, EFI_SUCCESS, 2 * size,"
                                        + " ggc);")),
                with(
                        "a report with another generation",
                        "report.true",
                        patch(
                                DRIVER,
                                "memcpy(&name, setup->generation->name, sizeof name);",
                                "memcpy(&name, \"PTL\\0\\0\\0\\0\", sizeof name);")));
    }

    /// What these leave is right until the operating system takes over.
    private static List<FalseDriver> atExitBootServices() {
        return List.of(
                with(
                        "memory that is freed before ExitBootServices",
                        "exit.stolen",
                        before(
                                """
                                static void EFIAPI free_all(EFI_EVENT event, void *context) {
                                        Setup *setup = context;

                                        (void) event;
                                        pages_done(&setup->stolen);
                                        pages_done(&setup->opregion);
                                }

                                typedef EFI_STATUS(EFIAPI *CreateEventEx)(
                                        uint32_t, size_t, EFI_EVENT_NOTIFY, const void *, const EFI_GUID *, EFI_EVENT *);
                                """),
                        after(
                                """
                                /* Spec: UEFI 2.11, "EFI_EVENT_GROUP_BEFORE_EXIT_BOOT_SERVICES". */
                                static const EFI_GUID group = { 0x8be0e274, 0x3970, 0x4b44,
                                                                { 0x80, 0xc5, 0x1a, 0xb9, 0x50, 0x2f, 0x3b, 0xfc } };
                                CreateEventEx create = *(CreateEventEx *) ((uint8_t *) BS + 368);
                                EFI_EVENT event;
                                (void) create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, free_all, setup, &group, &event);
                                """)),
                with(
                        "ASLS that is cleared at ExitBootServices",
                        "exit.opregion",
                        atExit("config_write32(setup, CONFIG_ASLS, 0);"),
                        afterExitEvent()),
                with(
                        "an OpRegion of which a byte changes at ExitBootServices",
                        "exit.opregion",
                        atExit("at_address(setup->opregion_base)[0x300] ^= 1;"),
                        afterExitEvent()));
    }

    /// These a look at the guest's memory shows.
    private static List<FalseDriver> thatLookWrong() {
        return List.of(
                with(
                        "an OpRegion that is shifted by one byte",
                        "opregion.bytes",
                        patch(
                                OPREGION,
                                "memcpy(at_address(copy.base), candidate->bytes, plan->extent);",
                                "memcpy(at_address(copy.base) + 1, candidate->bytes, plan->extent -"
                                        + " 1);")),
                with(
                        "an OpRegion in reserved memory",
                        "opregion.nvs",
                        patch(
                                OPREGION,
                                "pages_allocate(setup->asls_is_ours ? EfiACPIMemoryNVS :"
                                        + " EfiBootServicesData, plan->extent, &copy);",
                                "pages_allocate(EfiReservedMemoryType, plan->extent, &copy);")),
                with(
                        "an OpRegion in memory of the boot services",
                        "opregion.nvs",
                        patch(
                                OPREGION,
                                "pages_allocate(setup->asls_is_ours ? EfiACPIMemoryNVS :"
                                        + " EfiBootServicesData, plan->extent, &copy);",
                                "pages_allocate(EfiBootServicesData, plan->extent, &copy);")),
                with(
                        "a VBT that is cut in the OpRegion",
                        "opregion.vbt",
                        after(
                                "memset(at_address(setup->vbt_base + setup->vbt_size / 2), 0,"
                                        + " setup->vbt_size / 2);")),
                with("BDSM 1 MiB too high", "stolen.size", bdsmMoved("+ MIB", "- MIB")),
                with("BDSM 1 MiB too low", "stolen.size", bdsmMoved("- MIB", "+ MIB")),
                with(
                        "stolen memory in memory of the boot services",
                        "stolen.size",
                        patch(
                                STOLEN,
                                TAKE_HIGHEST,
                                TAKE_HIGHEST.replace(
                                        "EfiReservedMemoryType", "EfiBootServicesData"))),
                with(
                        "half of the stolen memory",
                        "stolen.size",
                        patch(
                                STOLEN,
                                TAKE_HIGHEST,
                                TAKE_HIGHEST.replace("base, size,", "base, size / 2,"))),
                with(
                        "stolen memory that is freed at once",
                        "stolen.size",
                        after("pages_done(&setup->stolen);")),
                new FalseDriver(
                        "stolen memory that is freed at once, beside a GOP",
                        Guest.GOP,
                        "stolen.size",
                        List.of(after("pages_done(&setup->stolen);"))),
                with(
                        "memory that is freed at ReadyToBoot",
                        "stolen.size",
                        before(
                                """
                                static void EFIAPI free_all(EFI_EVENT event, void *context) {
                                        Setup *setup = context;

                                        (void) event;
                                        pages_done(&setup->stolen);
                                        pages_done(&setup->opregion);
                                }

                                typedef EFI_STATUS(EFIAPI *CreateEventEx)(
                                        uint32_t, size_t, EFI_EVENT_NOTIFY, const void *, const EFI_GUID *, EFI_EVENT *);
                                """),
                        after(
                                """
                                /* Spec: UEFI 2.11, "EFI_EVENT_GROUP_READY_TO_BOOT". */
                                static const EFI_GUID group = { 0x7ce88fb3, 0x4bd7, 0x4679,
                                                                { 0x87, 0xa8, 0xa8, 0xd8, 0xde, 0xe5, 0x0d, 0x2b } };
                                CreateEventEx create = *(CreateEventEx *) ((uint8_t *) BS + 368);
                                EFI_EVENT event;
                                (void) create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, free_all, setup, &group, &event);
                                """)),
                new FalseDriver(
                        "stolen memory on MMCONFIG", Guest.PLAIN, "stolen.memory", onMmconfig()),
                with(
                        "a policy that gives a byte less than the VBT",
                        "policy.vbt",
                        patch(POLICY, "*ret_size = vbt_length;", "*ret_size = vbt_length - 1;")),
                with(
                        "a policy whose VBT is freed",
                        "policy.vbt",
                        after("(void) BS->FreePages(setup->vbt.base, setup->vbt.count);")),
                new FalseDriver(
                        "no policy, beside a GOP",
                        Guest.GOP,
                        "gop.started",
                        List.of(patch(DRIVER, "        setup_policy(setup);\n", ""))),
                with(
                        "a device that is left in D3",
                        "bdsm.mirror",
                        after(
                                """
                                uint32_t at = config_read32(setup, 0x34) & 0xfc;
                                while (at != 0 && (config_read32(setup, at) & 0xff) != 1)
                                        at = config_read32(setup, at) >> 8 & 0xfc;
                                if (at != 0)
                                        config_write32(setup, at + 4, config_read32(setup, at + 4) | 3);
                                """)));
    }

    /// These break the rules for what belongs to the host or to the hypervisor.
    private static List<FalseDriver> thatHarmTheHost() {
        String needed = "!setup->preset.valid && needs_stolen(setup) && !setup->stolen_claimed";
        List<Patch> always =
                List.of(
                        patch(OPREGION, needed, "false"),
                        patch(POLICY, "needs_stolen(setup) && !setup->stolen_claimed", "false"));
        return List.of(
                new FalseDriver(
                        "ASLS that is written where nobody emulates it",
                        Guest.LOCKED,
                        "host.asls",
                        List.of(
                                patch(
                                        OPREGION,
                                        "return setup->preset.valid && setup->emulation !="
                                                + " NOT_EMULATED;",
                                        "return true;"))),
                new FalseDriver(
                        "BDSM that is written where nobody emulates it",
                        Guest.UNLOCKED,
                        "host.bdsm",
                        List.of(
                                patch(
                                        STOLEN,
                                        "base != 0 && !is_guest_memory(base, size)",
                                        "false"))),
                new FalseDriver(
                        "a locked BDSM that is believed, where the guest has memory",
                        Guest.LOCKED_COVERING,
                        "host.asls",
                        List.of(
                                patch(
                                        STOLEN,
                                        "(setup->old_bdsm & BDSM_LOCK) && (base == 0 ||"
                                                + " !setup->preset.valid)",
                                        "false"),
                                patch(
                                        STOLEN,
                                        "if (setup->old_bdsm & BDSM_LOCK)\n"
                                                + "                        reason = LOCKED;",
                                        "if (false)\n                        reason = LOCKED;"),
                                patch(
                                        STOLEN,
                                        "if (bdsm_base(shown) == base) {",
                                        "if (shown != base + 1) {"))),
                new FalseDriver(
                        "ASLS of the host that is written at ExitBootServices",
                        Guest.LOCKED,
                        "exit.host.asls",
                        List.of(
                                atExit("config_write32(setup, CONFIG_ASLS, 0x1000);"),
                                afterExitEvent())),
                new FalseDriver(
                        "BDSM of the host that is written at ExitBootServices",
                        Guest.UNLOCKED,
                        "exit.host.bdsm",
                        List.of(
                                atExit("config_write32(setup, setup->generation->bdsm, 0);"),
                                afterExitEvent())),
                new FalseDriver(
                        "a policy without stolen memory", Guest.LOCKED, "policy.withheld", always),
                new FalseDriver(
                        "a policy without stolen memory, beside a GOP",
                        Guest.LOCKED_GOP,
                        "gop.withheld",
                        always),
                new FalseDriver(
                        "ASLS that is not written though the ROM says so",
                        Guest.ASLS_ALWAYS,
                        "opregion.nvs",
                        List.of(patch(OPREGION, "(setup->data->flags & ROM_ASLS_ALWAYS) || ", ""))),
                new FalseDriver(
                        "BDSM of a warm reboot that is taken for the host's",
                        Guest.REBOOT,
                        "reboot.stolen.size",
                        List.of(
                                patch(
                                        STOLEN,
                                        "base != 0 && !is_guest_memory(base, size)",
                                        "base != 0"))),
                new FalseDriver(
                        "an old OpRegion that is preferred to the hypervisor's",
                        Guest.OLD_OPREGION,
                        "opregion.bytes",
                        List.of(patch(OPREGION, "[is_unprotected(setup)]", "[false]"))),
                new FalseDriver(
                        "preset stolen memory that is cleared",
                        Guest.PRESET_STOLEN,
                        "stolen.untouched",
                        List.of(
                                patch(
                                        STOLEN,
                                        "else if (base == 0 || !keep_preset(setup, size)) {",
                                        """
                                        else if (base != 0 && keep_preset(setup, size)) {
                                                memset(at_address(base), 0, size);
                                        } else {\
                                        """))),
                new FalseDriver(
                        "less stolen memory than GGC says",
                        Guest.SMALL_SIZE,
                        "stolen.size",
                        List.of(
                                patch(
                                        STOLEN,
                                        "is_offered && offered >= size",
                                        "is_offered && offered > 0"))),
                new FalseDriver(
                        "a mailbox that raises interrupts on the host",
                        Guest.ALL_MAILBOXES,
                        "opregion.bytes",
                        List.of(
                                patch(
                                        "opregion.c",
                                        "header_of(copy)->mailboxes & ~MAILBOX_SWSCI",
                                        "header_of(copy)->mailboxes"))));
    }

    /// These clear what the host's firmware left in the display in a wrong way, or unasked.
    private static List<FalseDriver> thatTouchTheDisplay() {
        return List.of(
                with(
                        "a display state that is cleared though the ROM does not say so",
                        "driver.writes",
                        patch(
                                DISPLAY,
                                "if (!(setup->data->flags & ROM_CLEAR_DISPLAY_STATE))",
                                "if (setup->generation == NULL)")),
                display(
                        "a display state that is kept though the ROM says otherwise",
                        "display.state",
                        "if (!(setup->data->flags & ROM_CLEAR_DISPLAY_STATE))",
                        "if (setup->generation != NULL)"),
                display(
                        "power that is switched off instead of requested",
                        "driver.writes",
                        "value |= POWER_REQUEST;",
                        "value = 0;"),
                display(
                        "page table entries with the host's addresses",
                        "display.state",
                        "setup->stolen_base + page * PAGE_SIZE",
                        "0x7c000000 + page * PAGE_SIZE"),
                display(
                        "a report of more page table entries",
                        "report.true",
                        "*ret_count = page;",
                        "*ret_count = 2 * page;"));
    }

    private static FalseDriver onVirtualFunction() {
        return new FalseDriver(
                "a virtual function that is set up like any device",
                Guest.VIRTUAL_FUNCTION,
                "driver.writes",
                List.of(patch(DRIVER, "if (is_virtual_function(setup)) {", "if (false) {")));
    }

    private static FalseDriver display(String fault, String check, String before, String after) {
        return new FalseDriver(
                fault, Guest.DISPLAY_STATE, check, List.of(patch(DISPLAY, before, after)));
    }

    private static List<Patch> onMmconfig() {
        return List.of(
                patch(
                        STOLEN,
                        TAKE_HIGHEST,
                        """
                                base = 0xe0000000;
                                err = EFI_SUCCESS;
                        """),
                patch(STOLEN, "memset(at_address(base), 0, size);", ""));
    }

    /// Takes an unknown device for a Raptor Lake-P, whose registers the bench gives to it.
    private static List<Patch> guessesTheGeneration() {
        return List.of(
                patch(
                        DRIVER,
                        "setup->generation = generation_of(known_as);",
                        """
                        setup->generation = generation_of(known_as);
                        if (setup->generation == NULL)
                                setup->generation = generation_of(0xa7a0);\
                        """));
    }

    private static Patch[] bdsmMoved(String there, String back) {
        return new Patch[] {
            patch(STOLEN, "bdsm_write(setup, base);", "bdsm_write(setup, base " + there + ");"),
            patch(
                    STOLEN,
                    "if (bdsm_base(shown) == base) {",
                    "if (bdsm_base(shown) " + back + " == base) {")
        };
    }

    private static Patch atExit(String code) {
        return before(
                """
                static void EFIAPI at_exit(EFI_EVENT event, void *context) {
                        Setup *setup = context;

                        (void) event;
                        CODE
                }
                """
                        .replace("CODE", code));
    }

    /// Spec: UEFI 2.11, "EFI_BOOT_SERVICES.CreateEvent()", EVT_SIGNAL_EXIT_BOOT_SERVICES.
    private static Patch afterExitEvent() {
        return after(
                """
                EFI_EVENT event;
                (void) BS->CreateEvent(0x201, TPL_CALLBACK, at_exit, setup, &event);
                """);
    }

    /// Code after everything is set up.
    private static Patch after(String code) {
        return patch(DRIVER, "setup_policy(setup);\n", "setup_policy(setup);\n" + code + "\n");
    }

    /// Declarations for [#after].
    private static Patch before(String code) {
        String function = "static void set_up_known(Setup *setup) {";
        return patch(DRIVER, function, code + "\n" + function);
    }

    private static Patch patch(String file, String before, String after) {
        return new Patch(file, before, after);
    }

    private static FalseDriver with(String fault, String check, Patch... patches) {
        return new FalseDriver(fault, Guest.PLAIN, check, List.of(patches));
    }
}
