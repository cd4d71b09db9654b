// Calls every public operation against the simulator and checks the answers. Published native and trimmed by
// tests/publish-smoke.sh; ends with 1 and the failed checks' names where an answer is wrong.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using ImaNanoBanana.AotSmoke;

// What was not switched off would prove nothing.
if (JsonSerializer.IsReflectionEnabledByDefault || (args.Contains("--native") && RuntimeFeature.IsDynamicCodeSupported))
{
    Console.Error.WriteLine("FAILED: reflection-based JSON or dynamic code is on.");
    return 2;
}

var (started, failed) = (Stopwatch.GetTimestamp(), 0);
IReadOnlyList<Check> checks = [
    .. ClientChecks.All,
    .. TransferChecks.All,
    .. BatchChecks.All,
    .. JournalChecks.All,
    .. RegistrationChecks.All,
    .. ErrorChecks.All,
    .. MessageChecks.All,
    .. EcosystemChecks.All,
    .. ValueChecks.All];
foreach (var check in checks)
{
    try
    {
        await check.Run().WaitAsync(TimeSpan.FromMinutes(1));
    }
    catch (Exception exception)
    {
        failed++;
        Console.Error.WriteLine($"FAILED {check.Name}: {exception}");
    }
}

Console.WriteLine(
    $"{checks.Count - failed} of {checks.Count} checks passed on {RuntimeInformation.FrameworkDescription} "
        + $"{RuntimeInformation.RuntimeIdentifier}, "
    + $"{(RuntimeFeature.IsDynamicCodeSupported ? "managed" : "native")}, in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
return failed == 0 ? 0 : 1;
