// Calls every public operation against the simulator and checks the answers. tests/publish-smoke.sh publishes it native and trimmed. It
// ends with 1 and the names of the failed checks if an answer is wrong.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using ImaNanoBanana.AotSmoke;

// If these features were not switched off, the run would prove nothing.
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
    .. TenantChecks.All,
    .. SharedChecks.All,
    .. ErrorChecks.All,
    .. MessageChecks.All,
    .. EcosystemChecks.All,
    .. ValueChecks.All,
    .. JsonChecks.All];
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
