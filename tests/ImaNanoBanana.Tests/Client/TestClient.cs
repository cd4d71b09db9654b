using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Client;

internal static class TestClient
{
    public static ImaImageClient Create(HttpMessageHandler handler, TimeProvider? time = null) =>
        ImaImageClient.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, handler, time ?? new ManualTimeProvider());
}
