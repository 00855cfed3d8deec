/* The entry point and the driver model around setup.h. */
#include "pe_section.h"
#include "proto/driver.h"
#include "setup.h"

#define DRIVER_VERSION 1U
/* Spec: UEFI 2.11, "EFI Driver Binding Protocol": the highest is connected first, and no higher one is for us to have. A GOP needs what
 * this driver sets up. */
#define BINDING_VERSION 0xffffffefU
#ifndef DEVICE_VENDOR /* tests put in what a stock QEMU has */
#define DEVICE_VENDOR 0x8086U
#define DEVICE_CLASS(class) ((class) == 0x0300 || (class) == 0x0380)
#define GENERATION_ID(id) (id)
#endif

EFI_BOOT_SERVICES *BS;
EFI_RUNTIME_SERVICES *RT;

static EFI_GUID pci_io_guid = EFI_PCI_IO_PROTOCOL_GUID;
static EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
static EFI_GUID binding_guid = EFI_DRIVER_BINDING_PROTOCOL_GUID;
/* On a device that was set up, by whichever image of this driver. */
static EFI_GUID setup_guid = { 0xb7a1d4c6, 0x2e85, 0x4f39, { 0x8c, 0x1d, 0x60, 0xfa, 0x93, 0x27, 0x5e, 0x0b } };

static EFI_DRIVER_BINDING_PROTOCOL binding;
/* Where the device is whose ROM this is: its handle is another when the bus has been enumerated anew. */
#define ANYWHERE UINT64_MAX
static uint64_t own_location = ANYWHERE; /* when loaded otherwise */
static RomData rom_data;

static uint64_t location_of(EFI_PCI_IO_PROTOCOL *pci) {
        size_t segment = 0, bus = 0, device = 0, function = 0;

        (void) pci->GetLocation(pci, &segment, &bus, &device, &function);
        return segment << 16 | bus << 8 | (device & 0x1f) << 3 | (function & 7);
}

/* Whether what was set up on this handle is there still. PciIo goes with its bus, without a word to those who, as the GOP needs
 * it for itself, do not have it open; what they have put on the handle stays. */
static bool is_there(EFI_HANDLE handle, const Setup *setup) {
        void *pci;

        return BS->HandleProtocol(handle, &pci_io_guid, &pci) == EFI_SUCCESS && pci == setup->pci;
}

typedef struct Device {
        EFI_PCI_IO_PROTOCOL *pci; /* NULL when there is none */
        uint32_t header[3];       /* of the config space: ids, command and status, class and revision */
} Device;

/* An Intel display controller of class 0300 or 0380 on this handle. */
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
        return EFI_SUCCESS;
}

/* The same, not set up yet. */
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

static void tell_device(const Device *device, Outcome outcome, EFI_STATUS status) {
        tell(STEP_DEVICE, outcome, status, (uint64_t) device->header[2] << 32 | device->header[0], location_of(device->pci));
}

static void tell_generation(const Setup *setup) {
        uint64_t name = 0;

        if (setup->generation == NULL) {
                tell(STEP_GENERATION, OUTCOME_UNKNOWN, EFI_SUCCESS, 0, 0);
                return;
        }
        memcpy(&name, setup->generation->name, sizeof name);
        tell(STEP_GENERATION, setup->data.treat_as ? OUTCOME_FROM_ROM : OUTCOME_FOUND, EFI_SUCCESS, name,
             setup->generation->version);
}

/* Calls what on each handle that has the protocol. */
static EFI_STATUS for_handles(const EFI_GUID *protocol, EFI_STATUS (*what)(EFI_HANDLE)) {
        EFI_HANDLE *handles;
        size_t count;
        EFI_STATUS result = EFI_SUCCESS;

        if (BS->LocateHandleBuffer(ByProtocol, protocol, NULL, &count, &handles) != EFI_SUCCESS)
                return EFI_SUCCESS;
        for (size_t i = 0; i < count; i++) {
                EFI_STATUS err = what(handles[i]);
                if (err != EFI_SUCCESS)
                        result = err;
        }
        (void) BS->FreePool(handles);
        return result;
}

/* Where a device was that has gone with its bus; whichever image set it up lets go of it. */
static EFI_STATUS stop_if_gone(EFI_HANDLE handle) {
        Setup *setup;

        if (BS->HandleProtocol(handle, &setup_guid, (void **) &setup) == EFI_SUCCESS && !is_there(handle, setup))
                (void) BS->DisconnectController(handle, NULL, NULL);
        return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI start(EFI_DRIVER_BINDING_PROTOCOL *this, EFI_HANDLE handle, void *path) {
        Device device;
        Setup *setup;
        void *opened;
        EFI_STATUS err = open_device(handle, &device);

        (void) path;
        if (err != EFI_SUCCESS)
                return err;
        /* What is left of the same device from before, last of all. */
        (void) for_handles(&setup_guid, stop_if_gone);
        err = BS->AllocatePool(EfiBootServicesData, sizeof *setup, (void **) &setup);
        if (err != EFI_SUCCESS)
                return err;
        *setup = (Setup){ .pci = device.pci, .data = rom_data };

        /* The mark first: whatever happens in between, there is no second set-up. It is opened, so that Stop is called. */
        err = BS->InstallProtocolInterface(&handle, &setup_guid, EFI_NATIVE_INTERFACE, setup);
        if (err != EFI_SUCCESS)
                goto free_setup;
        err = BS->OpenProtocol(handle, &setup_guid, &opened, this->DriverBindingHandle, handle, EFI_OPEN_PROTOCOL_BY_DRIVER);
        if (err != EFI_SUCCESS)
                goto uninstall;

        tell_resume();
        tell_device(&device, OUTCOME_FOUND, EFI_SUCCESS);
        uint16_t known_as = GENERATION_ID((uint16_t) (device.header[0] >> 16));
        if (rom_data.treat_as != 0)
                known_as = rom_data.treat_as;
        setup->generation = generation_of(known_as);
        tell_generation(setup);
        setup->fwcfg = fwcfg_probe();
        tell(STEP_FW_CFG, setup->fwcfg.present ? OUTCOME_FOUND : OUTCOME_NONE, EFI_SUCCESS, setup->fwcfg.id, setup->fwcfg.files);
        setup_opregion(setup);
        setup_stolen(setup);
        setup_policy(setup);
        tell_publish();
        return EFI_SUCCESS;

uninstall:
        (void) BS->UninstallProtocolInterface(handle, &setup_guid, setup);
free_setup:
        (void) BS->FreePool(setup);
        return err;
}

/* Whether a driver works with this device; it has PciIo for itself then. */
static EFI_STATUS refuse_used(EFI_HANDLE handle) {
        EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *users;
        Device device;
        uint32_t how = 0;
        size_t count;

        if (find_device(handle, &device) != EFI_SUCCESS)
                return EFI_SUCCESS;
        if (BS->OpenProtocolInformation(handle, &pci_io_guid, &users, &count) != EFI_SUCCESS)
                return EFI_ACCESS_DENIED;
        while (count > 0)
                how |= users[--count].Attributes;
        (void) BS->FreePool(users);
        return how & EFI_OPEN_PROTOCOL_BY_DRIVER ? EFI_ACCESS_DENIED : EFI_SUCCESS;
}

/* The GOP goes first. A policy is for that of any device, wherever it was found. */
static EFI_STATUS refuse_if_used(EFI_HANDLE handle, const Setup *setup) {
        EFI_STATUS err = setup->policy_installed ? for_handles(&pci_io_guid, refuse_used) : refuse_used(handle);

        if (err != EFI_SUCCESS) {
                tell_resume();
                tell(STEP_UNDO, OUTCOME_IN_USE, EFI_SUCCESS, 0, 0);
                tell_publish();
        }
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
        undo_policy(setup);
        if (setup->policy_installed)
                return EFI_ACCESS_DENIED;
        there = is_there(handle, setup);
        err = BS->CloseProtocol(handle, &setup_guid, this->DriverBindingHandle, handle);
        if (err == EFI_SUCCESS)
                err = BS->UninstallProtocolInterface(handle, &setup_guid, setup);
        if (err != EFI_SUCCESS)
                return err;
        /* A device that cannot be told goes on using the memory that it was told of: nobody else may have it. */
        if (there) {
                undo_stolen(setup);
                undo_opregion(setup);
        }
        tell_resume();
        tell(STEP_UNDO, there ? OUTCOME_DONE : OUTCOME_KEPT, EFI_SUCCESS, 0, 0);
        tell_publish();
        return BS->FreePool(setup);
}

static EFI_STATUS start_one(EFI_HANDLE handle) {
        return start(&binding, handle, NULL);
}

/* Only what this very image set up. */
static EFI_STATUS stop_one(EFI_HANDLE handle) {
        void *setup;
        EFI_STATUS err = BS->OpenProtocol(handle, &setup_guid, &setup, binding.DriverBindingHandle, handle, EFI_OPEN_PROTOCOL_BY_DRIVER);

        if (err == EFI_SUCCESS) {
                (void) BS->CloseProtocol(handle, &setup_guid, binding.DriverBindingHandle, handle);
                return EFI_SUCCESS;
        }
        return err == EFI_ALREADY_STARTED ? stop(&binding, handle, 0, NULL) : EFI_SUCCESS;
}

static EFI_STATUS EFIAPI unload(EFI_HANDLE image) {
        EFI_STATUS err = for_handles(&setup_guid, stop_one);

        if (err != EFI_SUCCESS)
                return err;
        return BS->UninstallProtocolInterface(image, &binding_guid, &binding);
}

static void read_rom_data(const EFI_LOADED_IMAGE_PROTOCOL *image) {
        PeSection section;
        bool valid = false;
        bool present = pe_section_find(image->ImageBase, image->ImageSize, ROM_DATA_SECTION, &section);

        rom_data = rom_data_default();
        if (present)
                valid = rom_data_read((const uint8_t *) image->ImageBase + section.offset, section.size, &rom_data);
        tell_start(rom_data.log);
        tell(STEP_DRIVER, OUTCOME_FOUND, EFI_SUCCESS, DRIVER_VERSION, own_location != ANYWHERE);
        tell(STEP_ROM_DATA, !present ? OUTCOME_NONE : valid ? OUTCOME_FOUND : OUTCOME_INVALID, EFI_SUCCESS,
             present ? section.size : 0, 0);
}

EFI_STATUS EFIAPI efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *system) {
        EFI_LOADED_IMAGE_PROTOCOL *loaded;
        EFI_PCI_IO_PROTOCOL *pci;
        Device device;
        EFI_STATUS err;

        BS = system->BootServices;
        RT = system->RuntimeServices;
        err = BS->HandleProtocol(image, &loaded_image_guid, (void **) &loaded);
        if (err != EFI_SUCCESS)
                return err;

        /* Option ROMs are loaded for a PCI handle, from the shell it is a disk's. */
        if (loaded->DeviceHandle != NULL &&
            BS->HandleProtocol(loaded->DeviceHandle, &pci_io_guid, (void **) &pci) == EFI_SUCCESS)
                own_location = location_of(pci);
        read_rom_data(loaded);

        if (own_location != ANYWHERE) {
                err = open_device(loaded->DeviceHandle, &device);
                if (err != EFI_SUCCESS) {
                        tell_device(&device, err == EFI_ALREADY_STARTED ? OUTCOME_IGNORED : OUTCOME_UNKNOWN, err);
                        tell_publish();
                        return err; /* Nothing is installed: the image goes away again. */
                }
        }

        tell_publish();

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

        /* Now, not when the firmware connects the device: it may never do so, and the GOP must find all in place. */
        if (own_location != ANYWHERE)
                (void) start_one(loaded->DeviceHandle);
        else
                (void) for_handles(&pci_io_guid, start_one);
        return EFI_SUCCESS;
}
