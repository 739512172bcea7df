package io.github.appaware.launch;

import io.github.appaware.wire.Message;
import java.util.List;

/**
 * How a run ended.
 *
 * @param status the exit status: the target's own, or 128 + n when signal n ended it
 * @param allowed events that were allowed
 * @param blind those of them that are blind: code that appaware can't see inside
 * @param denied events that were denied
 * @param would events that were allowed in audit mode alone
 * @param tallies the events that are named, those that the policy does not allow first
 * @param unnamed how many events, of those that would be named, are not
 * @param totals of hosts and libraries, those with the most events first, in the modes that are
 *     there to see them
 * @param unasked the policy that would allow what would have been asked, a block each
 * @param handedOver allowed events that reached a process outside of the run, without a rule or an
 *     answer that names it
 * @param handovers the first different ones
 * @param judged whether a JVM with the agent ran, or there was a guard, so that something could be
 *     judged
 * @param unjudged the first programs that used a network, or could, without being judged
 * @param programs how many of these there were
 * @param names of all programs that were seen to run without the agent, in no order
 * @param level the level of protection that was in force, in words
 * @param guarded whether that was the guard
 * @param run the run's name in the record
 */
public record RunOutcome(
    int status,
    long allowed,
    long blind,
    long denied,
    long would,
    List<Message.Tally> tallies,
    long unnamed,
    List<Message.Total> totals,
    List<String> unasked,
    long handedOver,
    List<String> handovers,
    boolean judged,
    List<UnjudgedPrograms.Program> unjudged,
    int programs,
    List<String> names,
    String level,
    boolean guarded,
    String run) {
  public RunOutcome {
    tallies = List.copyOf(tallies);
    totals = List.copyOf(totals);
    unasked = List.copyOf(unasked);
    handovers = List.copyOf(handovers);
    unjudged = List.copyOf(unjudged);
    names = List.copyOf(names);
  }
}
