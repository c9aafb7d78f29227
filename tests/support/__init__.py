# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What the tests share: a host of their own, users on it, what a lab looks like from outside."""
