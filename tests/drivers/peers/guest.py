"""A small Linux guest in QEMU: Debian's kernel, its USB and evdev modules, busybox and one program of
ours. Its serial console is spoken to line by line, its keyboard and its plug through QMP."""
import glob
import json
import os
import queue
import re
import shutil
import socket
import subprocess
import threading
import time

QEMU = "qemu-system-x86_64"
PACKAGES = {QEMU: "qemu-system-x86", "busybox": "busybox-static", "cpio": "cpio"}
MODULES = ("xhci-pci", "usbhid", "hid-generic", "evdev")

INIT = """#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
stty -echo
for m in $(cat /modules/order); do insmod /modules/$m || echo GUEST no $m; done
export ASAN_OPTIONS=detect_leaks=0
# What udev does with a name in /dev/input/by-id.
(while true; do
    found=
    for e in /sys/class/input/event*; do
        case "$(cat $e/device/name 2>/dev/null)" in *USB*Keyboard*) found=${e##*/} ;; esac
    done
    if [ -n "$found" ]; then [ -e /dev/gun ] || ln -sfn input/$found /dev/gun; else rm -f /dev/gun; fi
    sleep 0.2
done) &
echo GUEST ready
while read line; do eval "$line"; echo GUEST did; done
poweroff -f
"""


def missing_packages():
    return [package for program, package in PACKAGES.items() if not shutil.which(program)]


def fetch_kernel(folder):
    """Debian's kernel unpacked in `folder`, fetched once with apt."""
    os.makedirs(folder, exist_ok=True)
    if not glob.glob(folder + "/kernel/boot/vmlinuz-*"):
        listed = subprocess.run(["apt-cache", "depends", "linux-image-amd64"], check=True,
                                capture_output=True, text=True).stdout
        name = re.search(r"Depends: (linux-image-\S+)", listed).group(1)
        subprocess.run(["apt-get", "download", name], cwd=folder, check=True, capture_output=True)
        package = glob.glob(f"{folder}/{name}_*.deb")[0]
        subprocess.run(["dpkg", "-x", package, folder + "/kernel"], check=True)
        os.remove(package)
    return folder + "/kernel"


def pack(kernel, program, folder):
    """An initramfs: `program` as /bin/probe with the libraries it needs, and the modules in order."""
    root = folder + "/root"
    shutil.rmtree(root, ignore_errors=True)
    for part in ("bin", "modules", "proc", "sys", "dev"):
        os.makedirs(f"{root}/{part}")
    shutil.copy(shutil.which("busybox"), root + "/bin/busybox")
    shutil.copy(program, root + "/bin/probe")
    subprocess.run(["strip", "-g", root + "/bin/probe"], check=True)
    for library in re.findall(r"(/\S+) \(0x", subprocess.run(
            ["ldd", program], check=True, capture_output=True, text=True).stdout):
        os.makedirs(root + os.path.dirname(library), exist_ok=True)
        shutil.copy(library, root + library)
    files = {os.path.basename(path)[:-3].replace("-", "_"): path
             for path in glob.glob(kernel + "/lib/modules/**/*.ko", recursive=True)}
    order = []

    def add(name):
        path = files[name.replace("-", "_")]
        if os.path.basename(path) in order:
            return
        with open(path, "rb") as file:
            needs = re.search(rb"\0depends=([^\0]*)\0", file.read()).group(1).decode()
        for need in filter(None, needs.split(",")):
            add(need)
        shutil.copy(path, root + "/modules/")
        order.append(os.path.basename(path))

    for module in MODULES:
        add(module)
    with open(root + "/modules/order", "w", encoding="ascii") as file:
        file.write("\n".join(order))
    with open(root + "/init", "w", encoding="ascii") as file:
        file.write(INIT)
    os.chmod(root + "/init", 0o755)
    subprocess.run("find . | cpio -o -H newc --quiet | gzip -1 > ../initrd", cwd=root, shell=True,
                   check=True)
    return folder + "/initrd"


class Guest:
    def __init__(self, kernel, initrd, folder):
        control = folder + "/qmp"
        # TCG: a virtual machine's own /dev/kvm is often there and does not work.
        self.process = subprocess.Popen(
            [QEMU, "-accel", "tcg", "-m", "512", "-smp", "1", "-nodefaults", "-no-user-config",
             "-display", "none", "-serial", "stdio", "-no-reboot", "-device", "qemu-xhci,id=usb",
             "-device", "usb-kbd,id=gun,bus=usb.0", "-qmp", f"unix:{control},server=on,wait=off",
             "-kernel", glob.glob(kernel + "/boot/vmlinuz-*")[0], "-initrd", initrd, "-append",
             "console=ttyS0 quiet loglevel=3 no_timer_check panic=-1"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.said = []
        self.lines = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()
        deadline = time.monotonic() + 60
        self.control = socket.socket(socket.AF_UNIX)
        while True:
            try:
                self.control.connect(control)
                break
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.1)
        self.answers = self.control.makefile("r")
        self.answers.readline()
        self.ask("qmp_capabilities")

    def listen(self):
        for line in self.process.stdout:
            self.lines.put(line.decode(errors="replace").rstrip())

    def ask(self, command, **arguments):
        self.control.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        while True:
            answer = json.loads(self.answers.readline())
            if "error" in answer:
                raise AssertionError(answer["error"])
            if "return" in answer:
                return answer["return"]

    def wait_for(self, pattern, seconds=180):
        """The next line with `pattern`; the lines before it are read and kept in `said`."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                line = self.lines.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {pattern!r}, but:\n" + "\n".join(self.said[-40:])) from None
            self.said.append(line)
            if re.search(pattern, line):
                return line

    def run(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        self.wait_for("^GUEST did")

    def key(self, name, down):
        self.ask("input-send-event", events=[{"type": "key", "data": {
            "down": down, "key": {"type": "qcode", "data": name}}}])
        time.sleep(0.03)  # the emulated keyboard keeps 16 events and drops the rest

    def tap(self, *names, held=()):
        for name in held:
            self.key(name, True)
        for name in names:
            self.key(name, True)
            self.key(name, False)
        for name in reversed(held):
            self.key(name, False)

    def end(self):
        self.process.kill()
        self.process.wait()
        self.control.close()
