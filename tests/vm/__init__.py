# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""A virtual machine with a distribution's whole kernel, for what the running one cannot serve."""
