/* Spec: UEFI 2.11, "EFI Graphics Output Protocol". */
#pragma once

#include "proto/efi.h"

#define EFI_GRAPHICS_OUTPUT_PROTOCOL_GUID { 0x9042a9de, 0x23dc, 0x4a38, { 0x96, 0xfb, 0x7a, 0xde, 0xd0, 0x80, 0x51, 0x6a } }

typedef struct EFI_GRAPHICS_OUTPUT_MODE_INFORMATION {
        uint32_t Version, HorizontalResolution, VerticalResolution, PixelFormat;
        uint32_t PixelInformation[4];
        uint32_t PixelsPerScanLine;
} EFI_GRAPHICS_OUTPUT_MODE_INFORMATION;

typedef struct EFI_GRAPHICS_OUTPUT_PROTOCOL_MODE {
        uint32_t MaxMode, Mode;
        const EFI_GRAPHICS_OUTPUT_MODE_INFORMATION *Info;
        size_t SizeOfInfo;
        EFI_PHYSICAL_ADDRESS FrameBufferBase;
        size_t FrameBufferSize;
} EFI_GRAPHICS_OUTPUT_PROTOCOL_MODE;

typedef struct EFI_GRAPHICS_OUTPUT_PROTOCOL {
        void *_pad0[3];
        const EFI_GRAPHICS_OUTPUT_PROTOCOL_MODE *Mode;
} EFI_GRAPHICS_OUTPUT_PROTOCOL;

assert_cc(offsetof(EFI_GRAPHICS_OUTPUT_PROTOCOL_MODE, FrameBufferBase) == 24);
