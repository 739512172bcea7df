package io.github.appaware.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What each endpoint of Harden-Runner becomes: the rule's keys, or why there is none. */
class HardenRunnerConversionTest {
  private final Conversion conversion = new Conversion();

  @Test
  void hardenRunnerEndpointsThatAreNotReadAreTold() {
    HardenRunner.convert(
        "w.yml",
        """
        # allowed-endpoints: old.example:443
        - uses: step-security/harden-runner@v2
          with: { egress-policy: "audit", allowed-endpoints: "a.example:443" }
        - uses: step-security/harden-runner@v2
          with:
            'allowed-endpoints' : b.example:443
        - uses: step-security/harden-runner@v2
        """,
        conversion);
    assertThat(conversion.pieces())
        .extracting(Conversion.Piece::source)
        .containsExactly("w.yml:3", "w.yml:3", "w.yml:6 b.example:443", "w.yml");
    assertThat(outcome())
        .isEqualTo(
            "lost: `allowed-endpoints` among others is not read: give it a line; lost:"
                + " `egress-policy: audit` denies nothing; the policy denies; allow"
                + " host=\"b.example\" port=443 protocol=\"tcp\"; lost: its jobs have different"
                + " endpoints; the policy is for one: it allows those of all of them");
  }

  @Test
  void hardenRunnerEndpointsHaveThePort443IfNone() {
    HardenRunner.convert("", "a.example:80\n *.b.example\n1.2.3.4:22 [::1]:1", conversion);
    assertThat(outcome())
        .isEqualTo(
            "allow host=\"a.example\" port=80 protocol=\"tcp\"; allow host=\"*.b.example\" port=443"
                + " protocol=\"tcp\"; allow address=\"1.2.3.4\" port=22 protocol=\"tcp\";"
                + " allow address=\"::1\" port=1 protocol=\"tcp\"");
  }

  @Test
  void hardenRunnerEndpointsAreFoundInAWorkflow() {
    HardenRunner.convert(
        "w.yml",
        """
        steps:
          - uses: step-security/harden-runner@v2
            with:
              egress-policy: block
              allowed-endpoints: >-  # these
                a.example:443

                b.example:80
              disable-sudo: true
          - uses: step-security/harden-runner@v2
            with:
              allowed-endpoints: "c.example:443 d.example:1"
        """,
        conversion);
    assertThat(outcome())
        .isEqualTo(
            "allow host=\"a.example\" port=443 protocol=\"tcp\"; allow host=\"b.example\" port=80"
                + " protocol=\"tcp\"; allow host=\"c.example\" port=443 protocol=\"tcp\";"
                + " allow host=\"d.example\" port=1 protocol=\"tcp\";"
                + " lost: its jobs have different endpoints; the policy is for one: it allows"
                + " those of all of them");
  }

  private String outcome() {
    return Outcome.of(conversion);
  }
}
