/** While the book is read: nothing at first, quiet bars of row height after 400 ms. */
export const Opening = () => (
  <main id="main" className="page" aria-busy="true">
    <div className="wrap">
      {['60%', '40%', '75%', '50%', '65%'].map((size) => (
        <span key={size} className="quiet-bar" style={{ inlineSize: size }} />
      ))}
    </div>
  </main>
);
