using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Transport;

public class AppCallbackTests
{
    [Fact]
    public void Message_is_that_of_the_exception() =>
        Assert.Equal("The disk is full.", AppCallback.Message(new IOException("The disk is full.")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exception_that_cannot_say_its_message_is_described_by_its_type(bool throws) =>
        Assert.Equal("ImaNanoBanana.Tests.Transport.AppCallbackTests+SilentException", AppCallback.Message(new SilentException(throws)));

    private sealed class SilentException(bool throws) : Exception
    {
        public override string Message => throws ? throw new InvalidOperationException("The resources are gone.") : null!;
    }
}
