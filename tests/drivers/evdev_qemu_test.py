"""The real EvdevScanner on a real kernel: a USB keyboard in a QEMU guest types what scanners type, is
unplugged and comes back, and overflows the kernel's buffer. KEMAS_LONG=1: it boots a machine."""
import os
import subprocess
import tempfile
import unittest

from peers import guest


@unittest.skipUnless(os.environ.get("KEMAS_LONG"), "boots a machine in QEMU: set KEMAS_LONG=1")
class EvdevInAGuest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        wanted = guest.missing_packages()
        if wanted and os.getuid() == 0:
            subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted],
                           check=True, capture_output=True)
        elif wanted:
            raise AssertionError("apt install " + " ".join(wanted))
        kernel = guest.fetch_kernel(os.environ["KEMAS_GUEST"])
        cls.folder = tempfile.TemporaryDirectory()
        initrd = guest.pack(kernel, os.environ["EVDEV_PROBE"], cls.folder.name)
        cls.guest = guest.Guest(kernel, initrd, cls.folder.name)
        cls.addClassCleanup(cls.folder.cleanup)
        cls.addClassCleanup(cls.guest.end)
        cls.guest.wait_for("^GUEST ready")
        cls.guest.run("until [ -e /dev/gun ]; do sleep 0.2; done; probe /dev/gun & probe=$!")
        cls.guest.wait_for("PROBE health scanner.up")

    def line(self):
        return self.guest.wait_for("^PROBE (line|counts)").removeprefix("PROBE line ").split(" ")[0]

    def test_1_digits_and_both_shifts(self):
        self.guest.tap(*"8991234567890", "ret")
        self.assertEqual(self.line(), "8991234567890")
        self.guest.tap("s", "k", held=["shift"])
        self.guest.tap("u", held=["shift_r"])
        self.guest.tap("minus", "a", "ret")
        self.assertEqual(self.line(), "SKU-a")

    def test_2_gs_as_alt_code_and_as_ctrl(self):
        self.guest.tap("1", "0", "a")
        self.guest.tap("kp_0", "kp_2", "kp_9", held=["alt"])
        self.guest.tap("2", "1", "kp_enter")
        self.assertEqual(self.line(), "10a<1D>21")
        self.guest.tap("1", "0", "a")
        self.guest.tap("bracket_right", held=["ctrl"])
        self.guest.tap("2", "1", "ret")
        self.assertEqual(self.line(), "10a<1D>21")

    def test_3_caps_lock_pressed_twice(self):
        self.guest.tap("caps_lock", "a", "1", "caps_lock", "b", "ret")
        self.assertEqual(self.line(), "A1b")

    def test_4_it_is_grabbed(self):
        self.guest.run("probe /dev/gun & other=$!")
        said = self.guest.wait_for("PROBE health scanner.down")
        self.assertIn("another program has grabbed it", said)
        self.guest.run("kill $other; wait $other")

    def test_5_an_overflow_of_the_kernels_buffer_costs_the_code_and_no_other(self):
        self.guest.run("kill -STOP $probe")
        self.guest.tap(*"12345678901234567890", "ret")
        self.guest.tap(*"abc")
        self.guest.run("kill -CONT $probe")
        self.guest.tap(*"def", "ret")
        self.guest.tap(*"5551234", "ret")
        self.assertEqual(self.line(), "5551234")
        self.guest.run("kill -USR1 $probe")
        self.assertRegex(self.guest.wait_for("PROBE counts"), "bad=1 cut=")

    def test_5b_a_caps_lock_lost_with_them_changes_no_later_code(self):
        self.guest.run("kill -STOP $probe")
        self.guest.tap("caps_lock", *"12345678901234", "caps_lock", "ret")
        self.guest.run("kill -CONT $probe")
        self.guest.tap(*"ab1", "ret")
        self.assertEqual(self.line(), "ab1")

    def test_6_unplugged_in_the_middle_and_back(self):
        self.guest.tap(*"777")
        self.guest.ask("device_del", id="gun")
        said = self.guest.wait_for("PROBE health scanner.down")
        self.assertRegex(said, "/dev/gun is gone .*plug the scanner in again")
        self.guest.ask("device_add", driver="usb-kbd", id="gun", bus="usb.0")
        self.guest.wait_for("PROBE health scanner.up")
        self.guest.tap(*"888", "ret")
        self.assertEqual(self.line(), "888")
        self.guest.run("kill -USR1 $probe")
        self.assertRegex(self.guest.wait_for("PROBE counts"), "cut=[12] connections=2")

    def test_7_a_stop_ends_it_and_lets_the_device_go(self):
        self.guest.run("kill $probe; wait $probe; echo GUEST ended $?")
        self.assertTrue(any(line == "GUEST ended 0" for line in self.guest.said))
        self.guest.run("probe /dev/gun & probe=$!")
        self.guest.wait_for("PROBE health scanner.up")


if __name__ == "__main__":
    unittest.main()
