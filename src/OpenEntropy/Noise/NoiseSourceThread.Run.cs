using System.Security.Cryptography;

namespace OpenEntropy.Noise;

/// <content>What runs on the thread itself.</content>
internal sealed partial class NoiseSourceThread
{
    private const string Hung = "it hung";

    private void Run()
    {
        while (!_disposed)
        {
            _go.WaitOne();
            if (!_disposed)
                Do(_work);
            _done.Set();
            Finished?.Invoke();
        }

        Clear();
    }

    private void Do(Work work)
    {
        switch (work)
        {
            case Work.Open:
                _session.Open(_buffer, _opening.Token);
                break;
            case Work.Break:
                Clear(Hung);
                break;
            case Work.Close:
                Clear();
                break;
            default:
                _collection = _session.Collect(_buffer.AsSpan(0, _requested));
                if (_abandoned || _collection.Result is not (CollectionResult.Collected or CollectionResult.Silent))
                    Clear(_collection.Error ?? Hung);
                break;
        }
    }

    /// <summary>Closes the source. Only here, on the thread that writes the samples, is it sure that none is written after the zeroing.</summary>
    /// <param name="error">How it failed, in one clause; null where it did not.</param>
    private void Clear(string? error = null)
    {
        CryptographicOperations.ZeroMemory(_buffer);
        if (error is null)
            _session.Close();
        else
            _session.Break(error);
    }
}
