/* The entry point and the driver model around setup.h. */
#include "proto/driver.h"
#include "setup.h"

#define DRIVER_VERSION 1U
/* Spec: UEFI 2.11, "EFI Driver Binding Protocol": the highest version is connected first, and this is the highest of its range. A GOP
 * needs what this driver sets up. */
#define BINDING_VERSION 0xffffffefU
/* Spec: PCI Code and ID Assignment, "Class Code". */
#define CLASS_VGA 0x0300U
#define CLASS_DISPLAY_OTHER 0x0380U
#ifndef DEVICE_VENDOR /* tests name a device that every QEMU has */
#define DEVICE_VENDOR 0x8086U
#define DEVICE_CLASS(class) ((class) == CLASS_VGA || (class) == CLASS_DISPLAY_OTHER)
#define GENERATION_ID(id) (id)
#endif

EFI_BOOT_SERVICES *BS;
EFI_RUNTIME_SERVICES *RT;

static EFI_GUID pci_io_guid = EFI_PCI_IO_PROTOCOL_GUID;
static EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
static EFI_GUID binding_guid = EFI_DRIVER_BINDING_PROTOCOL_GUID;
/* Marks a device that any image of this driver has set up. */
static EFI_GUID setup_guid = SETUP_GUID;

static EFI_DRIVER_BINDING_PROTOCOL binding;
/* Location of the device whose ROM this is. Its handle changes when the bus is enumerated again. */
#define ANYWHERE UINT64_MAX
static uint64_t own_location = ANYWHERE; /* when not loaded from a ROM */
static const RomData *rom_data;

static uint64_t location_of(EFI_PCI_IO_PROTOCOL *pci) {
        size_t segment = 0, bus = 0, device = 0, function = 0;

        (void) pci->GetLocation(pci, &segment, &bus, &device, &function);
        return segment << 16 | bus << 8 | (device & 0x1f) << 3 | (function & 7);
}

/* Whether the device that was set up is still on this handle. When the bus driver stops, PciIo is uninstalled without notifying this
 * driver, which cannot hold it open, since the GOP opens it exclusively. Our own protocol stays on the handle. */
static bool is_there(EFI_HANDLE handle, const Setup *setup) {
        void *pci;

        return BS->HandleProtocol(handle, &pci_io_guid, &pci) == EFI_SUCCESS && pci == setup->pci;
}

typedef struct Device {
        EFI_PCI_IO_PROTOCOL *pci; /* NULL when there is none */
        uint32_t header[3];       /* of the config space: ids, command and status, class and revision */
} Device;

static uint16_t device_id(const Device *device) {
        return (uint16_t) (device->header[0] >> 16);
}

/* An Intel display controller of class 0300 or 0380 on this handle, which the driver may set up. */
static EFI_STATUS find_device(EFI_HANDLE handle, Device *ret_device) {
        EFI_STATUS err;

        *ret_device = (Device){};
        err = BS->HandleProtocol(handle, &pci_io_guid, (void **) &ret_device->pci);
        if (err == EFI_SUCCESS)
                err = ret_device->pci->PciRead(
                        ret_device->pci, EfiPciIoWidthUint32, 0, ELEMENTS(ret_device->header), ret_device->header);
        if (err != EFI_SUCCESS)
                return err;
        if ((uint16_t) ret_device->header[0] != DEVICE_VENDOR || !DEVICE_CLASS(ret_device->header[2] >> 16))
                return EFI_UNSUPPORTED;
        /* Without a ROM that says so, only a known id is an integrated GPU. */
        if (own_location == ANYWHERE && generation_of(GENERATION_ID(device_id(ret_device))) == NULL)
                return EFI_UNSUPPORTED;
        return EFI_SUCCESS;
}

/* The same, unless it is already set up. */
static EFI_STATUS open_device(EFI_HANDLE handle, Device *ret_device) {
        Setup *already;
        EFI_STATUS err = find_device(handle, ret_device);

        if (err != EFI_SUCCESS)
                return err;
        if (BS->HandleProtocol(handle, &setup_guid, (void **) &already) == EFI_SUCCESS && is_there(handle, already))
                return EFI_ALREADY_STARTED;
        return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI supported(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE handle, void *path) {
        Device device;
        EFI_STATUS err = open_device(handle, &device);

        (void) this;
        (void) path;
        if (err == EFI_SUCCESS && own_location != ANYWHERE && own_location != location_of(device.pci))
                return EFI_UNSUPPORTED;
        return err;
}

static void report_device(const Device *device, Outcome outcome, EFI_STATUS status) {
        report_step(STEP_DEVICE, outcome, status, (uint64_t) device->header[2] << 32 | device->header[0], location_of(device->pci));
}

static void report_generation(const Setup *setup) {
        uint64_t name = 0;

        if (setup->generation == NULL) {
                report_step(STEP_GENERATION, OUTCOME_UNKNOWN, EFI_SUCCESS, 0, 0);
                return;
        }
        memcpy(&name, setup->generation->name, sizeof name);
        report_step(STEP_GENERATION, setup->data->treat_as ? OUTCOME_FROM_ROM : OUTCOME_FOUND, EFI_SUCCESS, name,
             setup->generation->version);
}

/* Calls a function for each handle that has the protocol; returns its last error. */
static EFI_STATUS for_handles(const EFI_GUID *protocol, EFI_STATUS (*function)(EFI_HANDLE)) {
        EFI_HANDLE *handles;
        size_t count;
        EFI_STATUS result = EFI_SUCCESS;

        if (BS->LocateHandleBuffer(ByProtocol, protocol, /* SearchKey= */ NULL, &count, &handles) != EFI_SUCCESS)
                return EFI_SUCCESS;
        for (size_t i = 0; i < count; i++) {
                EFI_STATUS err = function(handles[i]);
                if (err != EFI_SUCCESS)
                        result = err;
        }
        (void) BS->FreePool(handles);
        return result;
}

/* Stops the driver on a handle whose device has gone with its bus, whichever image set it up. */
static EFI_STATUS stop_if_gone(EFI_HANDLE handle) {
        Setup *setup;

        if (BS->HandleProtocol(handle, &setup_guid, (void **) &setup) == EFI_SUCCESS && !is_there(handle, setup))
                (void) BS->DisconnectController(handle, /* DriverImageHandle= */ NULL, /* ChildHandle= */ NULL);
        return EFI_SUCCESS;
}

/* It has neither ASLS nor BDSM, and no display: its operating system's driver gets everything from the physical function. */
static bool is_virtual_function(Setup *setup) {
        EFI_PCI_IO_PROTOCOL *pci = setup->pci;
        uint32_t value = 0;

        return setup->generation->version >= VIRTUAL_FUNCTION_VERSION &&
                pci->MemRead(pci, EfiPciIoWidthUint32, /* bar= */ 0, VIRTUAL_FUNCTION_OFFSET, 1, &value) == EFI_SUCCESS &&
                shows_virtual_function(setup->generation, value);
}

/* Sets up a device of a known generation, whose BAR0 can be accessed. */
static void set_up_known(Setup *setup) {
        if (is_virtual_function(setup)) {
                report_step(STEP_STOLEN, OUTCOME_VIRTUAL_FUNCTION, EFI_SUCCESS, 0, 0);
                report_step(STEP_OPREGION, OUTCOME_VIRTUAL_FUNCTION, EFI_SUCCESS, 0, 0);
                return;
        }
        fwcfg_probe();
        report_step(STEP_FW_CFG, fwcfg.present ? OUTCOME_FOUND : OUTCOME_NONE, EFI_SUCCESS, fwcfg.id, fwcfg.files);
        claim_preset(setup);
        setup_stolen(setup);
        setup_opregion(setup);
        setup_display_state(setup);
        setup_policy(setup);
}

static void set_up(Setup *setup, const Device *device) {
        _cleanup_(report_close) ReportScope scope = report_open();
        uint16_t known_as = rom_data->treat_as;
        EFI_PCI_IO_PROTOCOL *pci = setup->pci;
        uint64_t attributes;
        EFI_STATUS err;

        report_device(device, OUTCOME_FOUND, EFI_SUCCESS);
        if (known_as == 0)
                known_as = GENERATION_ID(device_id(device));
        setup->generation = generation_of(known_as);
        report_generation(setup);
        if (setup->generation == NULL)
                return;
        /* Where BAR0 cannot be enabled, each access to it reports that. */
        err = pci->Attributes(pci, EfiPciIoAttributeOperationGet, 0, &attributes);
        (void) pci->Attributes(pci, EfiPciIoAttributeOperationEnable, EFI_PCI_IO_ATTRIBUTE_MEMORY, NULL);
        set_up_known(setup);
        if (err == EFI_SUCCESS)
                (void) pci->Attributes(pci, EfiPciIoAttributeOperationSet, attributes, NULL);
}

static EFI_STATUS EFIAPI start(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE handle, void *path) {
        Device device;
        Setup *setup;
        void *opened;
        EFI_STATUS err = open_device(handle, &device);

        (void) path;
        if (err != EFI_SUCCESS)
                return err;
        /* The same device may have been set up on an earlier handle. */
        (void) for_handles(&setup_guid, stop_if_gone);
        err = BS->AllocatePool(EfiBootServicesData, sizeof *setup, (void **) &setup);
        if (err != EFI_SUCCESS)
                return err;
        *setup = (Setup){ .pci = device.pci, .data = rom_data, .is_secondary = device.header[2] >> 16 == CLASS_DISPLAY_OTHER };

        /* Mark the device before anything else, so that it is never set up twice. Opened, so that Stop is called. */
        err = BS->InstallProtocolInterface(&handle, &setup_guid, EFI_NATIVE_INTERFACE, setup);
        if (err != EFI_SUCCESS)
                goto free_setup;
        err = BS->OpenProtocol(handle, &setup_guid, &opened, this->DriverBindingHandle, handle, EFI_OPEN_PROTOCOL_BY_DRIVER);
        if (err != EFI_SUCCESS)
                goto uninstall;

        set_up(setup, &device);
        return EFI_SUCCESS;

uninstall:
        (void) BS->UninstallProtocolInterface(handle, &setup_guid, setup);
free_setup:
        (void) BS->FreePool(setup);
        return err;
}

/* Fails when another driver uses this device, that is, has PciIo open exclusively. */
static EFI_STATUS check_unused(EFI_HANDLE handle) {
        EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *users;
        Device device;
        uint32_t attributes = 0;
        size_t count;

        if (find_device(handle, &device) != EFI_SUCCESS)
                return EFI_SUCCESS;
        if (BS->OpenProtocolInformation(handle, &pci_io_guid, &users, &count) != EFI_SUCCESS)
                return EFI_ACCESS_DENIED;
        while (count > 0)
                attributes |= users[--count].Attributes;
        (void) BS->FreePool(users);
        return attributes & EFI_OPEN_PROTOCOL_BY_DRIVER ? EFI_ACCESS_DENIED : EFI_SUCCESS;
}

static void report_undo(Outcome outcome) {
        _cleanup_(report_close) ReportScope scope = report_open();

        report_step(STEP_UNDO, outcome, EFI_SUCCESS, /* value= */ 0, /* detail= */ 0);
}

/* The GOP has to be stopped first; with a policy installed, the GOPs of all devices, since any may use it. */
static EFI_STATUS refuse_if_used(EFI_HANDLE handle, const Setup *setup) {
        EFI_STATUS err = setup->policy_installed ? for_handles(&pci_io_guid, check_unused) : check_unused(handle);

        if (err != EFI_SUCCESS)
                report_undo(OUTCOME_IN_USE);
        return err;
}

/* Takes policy and mark away, or nothing at all. */
static EFI_STATUS release(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE handle, Setup *setup) {
        void *opened;
        EFI_STATUS err;

        if (withdraw_policy(setup) != EFI_SUCCESS)
                return EFI_ACCESS_DENIED;
        err = BS->CloseProtocol(handle, &setup_guid, this->DriverBindingHandle, handle);
        if (err == EFI_SUCCESS) {
                err = BS->UninstallProtocolInterface(handle, &setup_guid, setup);
                if (err != EFI_SUCCESS)
                        (void) BS->OpenProtocol(handle, &setup_guid, &opened, this->DriverBindingHandle, handle, EFI_OPEN_PROTOCOL_BY_DRIVER);
        }
        if (err != EFI_SUCCESS)
                offer_policy_again(setup);
        return err;
}

static EFI_STATUS EFIAPI stop(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE handle, size_t children, EFI_HANDLE *child) {
        Setup *setup;
        bool there;
        EFI_STATUS err =
                BS->OpenProtocol(handle, &setup_guid, (void **) &setup, this->DriverBindingHandle, handle, EFI_OPEN_PROTOCOL_GET_PROTOCOL);

        (void) children;
        (void) child;
        if (err != EFI_SUCCESS)
                return err;
        err = refuse_if_used(handle, setup);
        if (err != EFI_SUCCESS)
                return err;
        there = is_there(handle, setup);
        err = release(this, handle, setup);
        if (err != EFI_SUCCESS)
                return err;
        undo_policy(setup);
        /* When the device is gone, its registers cannot be restored: the memory that they point to stays allocated. */
        if (there) {
                undo_stolen(setup);
                undo_opregion(setup);
        }
        report_undo(there ? OUTCOME_DONE : OUTCOME_KEPT);
        return BS->FreePool(setup);
}

static EFI_STATUS start_handle(EFI_HANDLE handle) {
        return start(&binding, handle, /* RemainingDevicePath= */ NULL);
}

/* Stops the driver on devices that this image set up. */
static EFI_STATUS stop_handle(EFI_HANDLE handle) {
        void *setup;
        EFI_STATUS err = BS->OpenProtocol(handle, &setup_guid, &setup, binding.DriverBindingHandle, handle, EFI_OPEN_PROTOCOL_BY_DRIVER);

        if (err == EFI_SUCCESS) {
                (void) BS->CloseProtocol(handle, &setup_guid, binding.DriverBindingHandle, handle);
                return EFI_SUCCESS;
        }
        return err == EFI_ALREADY_STARTED ? stop(&binding, handle, /* NumberOfChildren= */ 0, /* ChildHandleBuffer= */ NULL) : EFI_SUCCESS;
}

static EFI_STATUS EFIAPI unload(EFI_HANDLE image) {
        EFI_STATUS err = for_handles(&setup_guid, stop_handle);

        if (err != EFI_SUCCESS)
                return err;
        return BS->UninstallProtocolInterface(image, &binding_guid, &binding);
}

/* Reads the data, and reports it. Fails when this is the ROM of a device that the driver does not set up. */
static EFI_STATUS introduce(const EFI_LOADED_IMAGE_PROTOCOL *image) {
        static const RomData no_data = { .log = ROM_LOG_PORT | ROM_LOG_VARIABLE };
        Device device;
        EFI_STATUS err;
        const uint8_t *end = (const uint8_t *) image->ImageBase + image->ImageSize;
        const RomData *found = rom_data_find(image->ImageBase, image->ImageSize);
        bool valid = found != NULL && rom_data_valid(found, (size_t) (end - (const uint8_t *) found));

        rom_data = valid ? found : &no_data;
        _cleanup_(report_close) ReportScope scope = report_begin(rom_data->log);
        report_step(STEP_DRIVER, OUTCOME_FOUND, EFI_SUCCESS, DRIVER_VERSION, own_location != ANYWHERE);
        report_step(STEP_ROM_DATA, valid ? OUTCOME_FOUND : found != NULL ? OUTCOME_INVALID : OUTCOME_NONE, EFI_SUCCESS,
                    found != NULL ? found->size : 0, /* detail= */ 0);
        if (own_location == ANYWHERE)
                return EFI_SUCCESS;
        err = open_device(image->DeviceHandle, &device);
        if (err != EFI_SUCCESS)
                report_device(&device, err == EFI_ALREADY_STARTED ? OUTCOME_IGNORED : OUTCOME_UNKNOWN, err);
        return err;
}

EFI_STATUS EFIAPI efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *system) {
        EFI_LOADED_IMAGE_PROTOCOL *loaded;
        EFI_PCI_IO_PROTOCOL *pci;
        EFI_STATUS err;

        BS = system->BootServices;
        RT = system->RuntimeServices;
        err = BS->HandleProtocol(image, &loaded_image_guid, (void **) &loaded);
        if (err != EFI_SUCCESS)
                return err;

        /* The device handle of an option ROM is a PCI device, that of an image loaded from the shell is a disk. */
        if (loaded->DeviceHandle != NULL &&
            BS->HandleProtocol(loaded->DeviceHandle, &pci_io_guid, (void **) &pci) == EFI_SUCCESS)
                own_location = location_of(pci);
        err = introduce(loaded);
        if (err != EFI_SUCCESS)
                return err; /* Nothing is installed, and the firmware unloads the image. */

        binding = (EFI_DRIVER_BINDING_PROTOCOL){
                .Supported = supported,
                .Start = start,
                .Stop = stop,
                .Version = BINDING_VERSION,
                .ImageHandle = image,
                .DriverBindingHandle = image,
        };
        err = BS->InstallProtocolInterface(&image, &binding_guid, EFI_NATIVE_INTERFACE, &binding);
        if (err != EFI_SUCCESS)
                return err;
        loaded->Unload = unload;

        /* Now, not when the firmware connects the device: it may never do that, and the GOP needs everything in place. */
        if (own_location != ANYWHERE)
                (void) start_handle(loaded->DeviceHandle);
        else
                (void) for_handles(&pci_io_guid, start_handle);
        return EFI_SUCCESS;
}
