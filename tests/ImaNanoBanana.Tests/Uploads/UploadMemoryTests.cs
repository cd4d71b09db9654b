using System.Net;
using System.Text;

namespace ImaNanoBanana.Tests.Uploads;

/// <summary>Counts the allocations of the whole process.</summary>
public class UploadMemoryTests
{
    private const long Length = 200L * 1024 * 1024;

    [Fact]
    public async Task Upload_of_200_MB_allocates_less_than_1_MB()
    {
        var path = Path.GetTempFileName();
        try
        {
            await using (var file = File.OpenWrite(path))
            {
                file.Write([0xFF, 0xD8, 0xFF, 0xE0]);
                file.SetLength(Length);
            }

            using var handler = new SinkHandler();
            using var client = TestClients.Create(
                new ImaNanoBananaOptions { ApiKey = "ima_test_key", MaxUploadBytes = Length }, handler);
            await client.UploadAsync(ImageInput.FromFile(path), TestContext.Current.CancellationToken);

            var before = GC.GetTotalAllocatedBytes(precise: true);
            await client.UploadAsync(ImageInput.FromFile(path), TestContext.Current.CancellationToken);
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

            Assert.Equal(2 * Length, handler.Received);
            Assert.InRange(allocated, 1, 1024 * 1024);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Reads bytes as fast as they arrive and keeps none.</summary>
    private sealed class SinkHandler : HttpMessageHandler
    {
        private const string Token = """{"code":0,"data":{"ful":"https://b.aliyuncs.com/1","fdl":"https://c.example/1"}}""";

        public long Received { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Put)
            {
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Token, Encoding.UTF8, "application/json") };
            }

            using var counter = new CountingStream();
            await request.Content!.CopyToAsync(counter, cancellationToken);
            Received += counter.Count;
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Count { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Count += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}
