namespace ImaNanoBanana.Tests.Client;

internal static class TestClient
{
    public static ImaImageClient Create(HttpMessageHandler handler, TimeProvider? time = null) =>
        TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, handler, time ?? new TestTimeProvider());

    /// <summary>A client whose deadlines are all longer than any of its delays, for a clock that jumps over the delays.</summary>
    public static ImaImageClient Patient(HttpMessageHandler handler, TimeProvider time) =>
        TestClients.Create(PatientOptions(), handler, time);

    public static ImaNanoBananaOptions PatientOptions()
    {
        var beyond = TimeSpan.FromMinutes(5);
        return new()
        {
            ApiKey = "ima_test_key",
            ReadAttemptTimeout = beyond,
            ReadTimeout = beyond,
            PollTimeout = beyond,
            CreateTimeout = beyond,
            CancellationGrace = beyond,
            TransferStallTimeout = beyond,
        };
    }
}
