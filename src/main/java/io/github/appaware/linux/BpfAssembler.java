package io.github.appaware.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Assembles a program of classic BPF, as seccomp(2) takes it: {@code struct sock_filter} of {@code
 * linux/filter.h}. Only what a filter of system calls needs: load a 32-bit word, compare it, jump
 * forward to a label, return. Not for several threads.
 */
final class BpfAssembler {
  /** BPF_LD | BPF_W | BPF_ABS: loads the word at an offset into {@code struct seccomp_data}. */
  static final int LOAD = 0x20;

  /** BPF_ALU | BPF_AND | BPF_K. */
  static final int AND = 0x54;

  /** BPF_JMP | BPF_JEQ | BPF_K. */
  static final int JUMP_IF_EQUAL = 0x15;

  /** BPF_JMP | BPF_JGE | BPF_K, unsigned. */
  static final int JUMP_IF_AT_LEAST = 0x35;

  /** BPF_JMP | BPF_JSET | BPF_K: jumps if any of these bits is set. */
  static final int JUMP_IF_SET = 0x45;

  /** BPF_JMP | BPF_JA. */
  static final int JUMP = 0x05;

  /** BPF_RET | BPF_K. */
  static final int RETURN = 0x06;

  /** {@code sizeof(struct sock_filter)}. */
  static final int INSTRUCTION_BYTES = 8;

  /** The longest conditional jump, in instructions. */
  private static final int FARTHEST = 255;

  private record Instruction(int code, int value, String target) {}

  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();

  /** The instruction that follows is where jumps to this label go; each is used once. */
  BpfAssembler label(String name) {
    if (labels.put(name, instructions.size()) != null) {
      throw new IllegalStateException("label `" + name + "` is there twice");
    }
    return this;
  }

  BpfAssembler load(int offset) {
    return add(LOAD, offset, null);
  }

  BpfAssembler and(int mask) {
    return add(AND, mask, null);
  }

  BpfAssembler ifEqual(int value, String target) {
    return add(JUMP_IF_EQUAL, value, target);
  }

  /** Compares as unsigned numbers. */
  BpfAssembler ifAtLeast(int value, String target) {
    return add(JUMP_IF_AT_LEAST, value, target);
  }

  BpfAssembler ifAnySet(int bits, String target) {
    return add(JUMP_IF_SET, bits, target);
  }

  BpfAssembler jump(String target) {
    return add(JUMP, 0, target);
  }

  BpfAssembler giveBack(int value) {
    return add(RETURN, value, null);
  }

  private BpfAssembler add(int code, int value, String target) {
    instructions.add(new Instruction(code, value, target));
    return this;
  }

  /**
   * The program, in the byte order of this machine.
   *
   * @throws IllegalStateException when a label is missing, behind the jump, or too far
   */
  byte[] assemble() {
    ByteBuffer out =
        ByteBuffer.allocate(INSTRUCTION_BYTES * instructions.size()).order(ByteOrder.nativeOrder());
    for (int i = 0; i < instructions.size(); i++) {
      Instruction each = instructions.get(i);
      int distance = each.target == null ? 0 : distance(i, each.target);
      boolean always = each.code == JUMP;
      out.putShort((short) each.code);
      out.put((byte) (always ? 0 : distance)).put((byte) 0);
      out.putInt(always ? distance : each.value);
    }
    return out.array();
  }

  private int distance(int from, String target) {
    Integer to = labels.get(target);
    int distance = to == null ? -1 : to - from - 1;
    if (distance < 0 || distance > FARTHEST) {
      throw new IllegalStateException("label `" + target + "` can't be reached");
    }
    return distance;
  }
}
