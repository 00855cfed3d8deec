/* Spec: UEFI 2.11, "EFI PCI I/O Protocol". */
#pragma once

#include "proto/efi.h"

#define EFI_PCI_IO_PROTOCOL_GUID { 0x4cf5b200, 0x68b8, 0x4ca5, { 0x9e, 0xec, 0xb2, 0x3e, 0x3f, 0x50, 0x02, 0x9a } }

typedef enum { EfiPciIoWidthUint8, EfiPciIoWidthUint16, EfiPciIoWidthUint32, EfiPciIoWidthUint64 } EFI_PCI_IO_WIDTH;
typedef enum { EfiPciIoAttributeOperationGet, EfiPciIoAttributeOperationSet, EfiPciIoAttributeOperationEnable } EFI_PCI_IO_OPERATION;

#define EFI_PCI_IO_ATTRIBUTE_MEMORY 0x200U

typedef struct EFI_PCI_IO_PROTOCOL EFI_PCI_IO_PROTOCOL;
typedef EFI_STATUS(EFIAPI *EFI_PCI_IO_CONFIG)(EFI_PCI_IO_PROTOCOL *, EFI_PCI_IO_WIDTH, uint32_t offset, size_t count, void *);
typedef EFI_STATUS(EFIAPI *EFI_PCI_IO_MEM)(EFI_PCI_IO_PROTOCOL *, EFI_PCI_IO_WIDTH, uint8_t bar, uint64_t offset, size_t count, void *);

struct EFI_PCI_IO_PROTOCOL {
        void *_pad0[2];
        EFI_PCI_IO_MEM MemRead, MemWrite;
        void *_pad1[2];
        EFI_PCI_IO_CONFIG PciRead, PciWrite;
        void *_pad2[6];
        EFI_STATUS(EFIAPI *GetLocation)(EFI_PCI_IO_PROTOCOL *, size_t *segment, size_t *bus, size_t *device, size_t *function);
        EFI_STATUS(EFIAPI *Attributes)(EFI_PCI_IO_PROTOCOL *, EFI_PCI_IO_OPERATION, uint64_t attributes, uint64_t *ret_result);
};

assert_cc(offsetof(EFI_PCI_IO_PROTOCOL, PciRead) == 48);
assert_cc(offsetof(EFI_PCI_IO_PROTOCOL, GetLocation) == 112);
